package dev.tally.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.name.Utf8Order;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.wire.EventDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A live state over a {@link MemoryLog}, which advances between two pages. The simplest possible counting: each page counts the
 * log again from its beginning.
 */
final class NaiveState implements LiveState {
    private final MemoryLog log;
    private final long windowMillis;
    private final Random random;
    /** By partition: the number of records that the state reflects. */
    private final int[] applied;
    /** The maximum size of a page. */
    private final int limit;

    NaiveState(MemoryLog log, long windowMillis, int limit, Random random) {
        this.log = log;
        this.windowMillis = windowMillis;
        this.limit = limit;
        this.random = random;
        this.applied = new int[log.partitions()];
    }

    /** The state reflects the whole log from now on. */
    NaiveState atTheEnd() {
        for (int i = 0; i < applied.length; i++) {
            applied[i] = (int) log.end(i);
        }
        return this;
    }

    @Override
    public LivePage page(String namespace, @Nullable String cursor) {
        for (int i = 0; i < applied.length; i++) {
            applied[i] += random.nextInt((int) log.end(i) - applied[i] + 1);
        }
        TreeMap<String, CounterValue> all = new TreeMap<>(Utf8Order.INSTANCE);
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < applied.length; i++) {
            count(i, namespace, all);
            if (applied[i] > 0) {
                receipts.add(new Receipt(i, applied[i] - 1));
            }
        }
        List<LivePage.Counter> counters = new ArrayList<>();
        int size = random.nextInt(limit + 1);
        Map<String, CounterValue> rest = cursor == null ? all : all.tailMap(cursor, false);
        rest.forEach((name, value) -> {
            if (counters.size() < size) {
                counters.add(new LivePage.Counter(name, value));
            }
        });
        return new LivePage(
                counters,
                counters.size() == rest.size() ? null : end(counters, cursor),
                receipts.isEmpty() ? Receipts.NONE : Receipts.parse(Receipts.text(receipts)));
    }

    /**
     * The last name of the range of a page: the last name on it, or one before the next, which may be that of a deleted counter.
     * No name of a counter contains U+0001.
     */
    private String end(List<LivePage.Counter> counters, @Nullable String cursor) {
        String before = cursor == null ? "" : cursor;
        String last =
                counters.isEmpty() ? before : counters.get(counters.size() - 1).name();
        return counters.isEmpty() || random.nextBoolean() ? last + "\u0001" : last;
    }

    private void count(int partition, String namespace, Map<String, CounterValue> counters) {
        EventDecoder decoder = EventDecoder.released();
        Map<String, Long> ids = new HashMap<>();
        long streamTime = Long.MIN_VALUE;
        for (MemoryLog.Entry entry : log.partitions.get(partition).subList(0, applied[partition])) {
            streamTime = Math.max(streamTime, entry.appendTime());
            CounterName counter = CounterName.ofKey(entry.key());
            if (counter == null
                    || !counter.namespace().equals(namespace)
                    || Placement.partition(counter.key(), log.partitions()) != partition
                    || !decoder.decode(entry.value())
                    || (decoder.source() != null && decoder.source().getBytes(UTF_8).length > 100)
                    || "".equals(decoder.source())
                    || (decoder.id() != null && !decoder.id().matches("[ -~]{1,139}"))) {
                continue;
            }
            String id = decoder.id() == null ? null : counter + " " + decoder.id();
            if (id != null && ids.containsKey(id) && streamTime - ids.get(id) <= windowMillis) {
                continue;
            }
            CounterValue before = counters.get(counter.counter());
            long total = before == null ? 0 : before.total();
            switch (decoder.operation()) {
                case ADD -> {
                    long sum = total + decoder.value();
                    if (decoder.value() >= 0 == sum < total) {
                        continue;
                    }
                    counters.put(counter.counter(), new CounterValue(sum, streamTime));
                }
                case SET -> counters.put(counter.counter(), new CounterValue(decoder.value(), streamTime));
                case DELETE -> counters.remove(counter.counter());
                case UNKNOWN -> throw new AssertionError();
            }
            if (id != null) {
                ids.put(id, streamTime);
            }
        }
    }
}
