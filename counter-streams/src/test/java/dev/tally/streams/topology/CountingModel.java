package dev.tally.streams.topology;

import dev.tally.Operation;
import dev.tally.schemas.read.Step;
import dev.tally.streams.state.history.HistoryRetention;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A second implementation of counting, as simple as possible. It shares nothing with the first and keeps everything. */
public final class CountingModel {
    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, AppliedId> ids = new HashMap<>();
    private final Duration window;
    private final HistoryRetention retention;
    private long streamTime;
    private long duplicates;
    private long overflows;
    private long reused;

    private record AppliedId(long time, String content) {}

    public static final class Counter {
        private long total;
        private long adds;
        private long sets;
        private long duplicates;
        private long updatedAt;
        private final Map<Step, TreeMap<Long, BigInteger>> buckets = new HashMap<>();

        public long total() {
            return total;
        }

        public long adds() {
            return adds;
        }

        public long sets() {
            return sets;
        }

        public long duplicates() {
            return duplicates;
        }

        public long updatedAt() {
            return updatedAt;
        }
    }

    public CountingModel(Duration window, HistoryRetention retention) {
        this.window = window;
        this.retention = retention;
    }

    public void apply(long time, String name, Operation operation, long value, String id, long occurredAt) {
        streamTime = Math.max(streamTime, time);
        AppliedId before = id == null ? null : ids.get(name + " " + id);
        String content = operation == Operation.DELETE ? "DELETE" : operation + "=" + value;
        if (before != null && streamTime - before.time <= window.toMillis()) {
            if (!before.content.equals(content)) {
                reused++;
                return;
            }
            duplicates++;
            if (counters.get(name) != null) {
                counters.get(name).duplicates++;
            }
            return;
        }
        if (operation == Operation.DELETE) {
            counters.remove(name);
        } else if (!change(name, operation, value, occurredAt)) {
            overflows++;
            return;
        }
        if (id != null) {
            ids.put(name + " " + id, new AppliedId(streamTime, content));
        }
    }

    private boolean change(String name, Operation operation, long value, long occurredAt) {
        Counter counter = counters.getOrDefault(name, new Counter());
        BigInteger sum = BigInteger.valueOf(counter.total).add(BigInteger.valueOf(value));
        if (operation == Operation.ADD && sum.bitLength() > 63) {
            return false;
        }
        counter.total = operation == Operation.ADD ? sum.longValueExact() : value;
        counter.adds += operation == Operation.ADD ? 1 : 0;
        counter.sets += operation == Operation.SET ? 1 : 0;
        counter.updatedAt = streamTime;
        counters.put(name, counter);
        if (operation == Operation.ADD && occurredAt >= 0 && occurredAt <= 253_402_300_799_999L) {
            for (Step step : Step.values()) {
                counter.buckets
                        .computeIfAbsent(step, unused -> new TreeMap<>())
                        .merge(occurredAt / step.length().toMillis(), BigInteger.valueOf(value), BigInteger::add);
            }
        }
        return true;
    }

    /** The counter, or null if it does not exist. */
    public Counter counter(String name) {
        return counters.get(name);
    }

    public long duplicates() {
        return duplicates;
    }

    public long overflows() {
        return overflows;
    }

    /** The number of events that were rejected because their ID was applied with other content. */
    public long reused() {
        return reused;
    }

    /** The number of the first retained bucket. */
    public long earliest(Step step) {
        return switch (step) {
            case MINUTE -> Math.max(0, streamTime - retention.minutes().toMillis()) / 3_600_000 * 60;
            case HOUR -> Math.max(0, streamTime - retention.hours().toMillis()) / 86_400_000 * 24;
            case DAY -> Math.max(0, streamTime - retention.days().toMillis()) / 86_400_000;
        };
    }

    /** The retained buckets of a counter's history, without those that add up to 0. */
    public Map<Long, BigInteger> history(String name, Step step) {
        Map<Long, BigInteger> kept = new TreeMap<>(
                counters.get(name).buckets.getOrDefault(step, new TreeMap<>()).tailMap(earliest(step)));
        kept.values().removeIf(BigInteger.ZERO::equals);
        return kept;
    }

    /** The counters of a namespace as {@code counter=total}, by name. */
    public List<String> byName(String namespace) {
        return sorted(namespace, Comparator.comparing(CountingModel::bytes, Arrays::compareUnsigned));
    }

    /** The same, the largest first. */
    public List<String> byTotal(String namespace) {
        Comparator<String> bySize = Comparator.comparing(
                name -> BigInteger.valueOf(counters.get(name).total).negate());
        return sorted(namespace, bySize.thenComparing(CountingModel::bytes, Arrays::compareUnsigned));
    }

    private List<String> sorted(String namespace, Comparator<String> order) {
        return counters.keySet().stream()
                .filter(name -> name.startsWith(namespace + "/"))
                .sorted(order)
                .map(name -> name.substring(namespace.length() + 1) + "=" + counters.get(name).total)
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
