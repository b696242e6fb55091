package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.CounterPage.Entry;
import dev.tally.schemas.read.PageQuery;
import dev.tally.testkit.Seed;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Compares random counters on random partitions with one sorted list. Pages may end early or be empty. Following the cursors
 * through all pages returns each counter once, in order.
 */
class ListPropertyTest {
    private static final int ROUNDS = 150;
    private static final String[] PARTS = {"a", "b", "/", " ", "é", "\uFFFD", "☕", "\uD83D\uDE00", "\uD83D\uDE01"};
    private static final Comparator<String> BYTES = (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));
    private static final Comparator<Entry> BY_TOTAL =
            Comparator.comparingLong(Entry::total).reversed().thenComparing(Entry::counter, BYTES);

    private final ScriptedService service = new ScriptedService();
    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    @AfterEach
    void close() {
        service.close();
    }

    /** The existing and the deleted counters of each partition. */
    private record World(List<List<Entry>> partitions, List<TreeSet<String>> deleted) {}

    @Test
    void shouldShowEachCounterOnceAndInOrderWhateverThePages() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // given
            World world = world();
            service.state.partitions = OptionalInt.of(world.partitions().size());
            service.state.answers = (partition, page) -> ScriptedReader.given(page(world, partition, page), partition);
            String prefix = random.nextInt(3) == 0 ? name(1 + random.nextInt(2)) : "";

            // when
            List<Entry> walked = walk(prefix);

            // then
            List<Entry> expected = all(world, entry -> entry.counter().startsWith(prefix));
            expected.sort(Comparator.comparing(Entry::counter, BYTES));
            assertThat(walked).as("seed %d, round %d", seed, round).isEqualTo(expected);
        }
    }

    @Test
    void shouldShowTheLargestOfAllPartitions() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // given
            World world = world();
            service.state.partitions = OptionalInt.of(world.partitions().size());
            service.state.answers =
                    (partition, page) -> ScriptedReader.given(largest(world, partition, page.limit()), partition);
            int limit = 1 + random.nextInt(30);

            // when
            Listed listed = list("?sort=-total&limit=" + limit);

            // then
            List<Entry> expected = all(world, entry -> true);
            expected.sort(BY_TOTAL);
            assertThat(listed.counters())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
            assertThat(listed.next()).isNull();
        }
    }

    private World world() {
        int partitions = 1 + random.nextInt(6);
        List<List<Entry>> entries = new ArrayList<>();
        List<TreeSet<String>> deleted = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            entries.add(new ArrayList<>());
            deleted.add(new TreeSet<>(BYTES));
        }
        TreeSet<String> names = new TreeSet<>(BYTES);
        for (int i = random.nextInt(60); i > 0; i--) {
            names.add(name(1 + random.nextInt(4)));
        }
        for (String name : names) {
            int partition = random.nextInt(partitions);
            if (random.nextInt(4) == 0) {
                deleted.get(partition).add(name);
            } else {
                entries.get(partition).add(new Entry(name, random.nextInt(-3, 4), Instant.EPOCH));
            }
        }
        return new World(entries, deleted);
    }

    private String name(int parts) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            name.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return name.toString();
    }

    /** A valid answer of a partition, which scans any number of its entries, but at least one. */
    private CounterPage page(World world, int partition, PageQuery query) {
        TreeSet<String> stored = new TreeSet<>(world.deleted().get(partition));
        for (Entry entry : world.partitions().get(partition)) {
            stored.add(entry.counter());
        }
        String beyond = query.beyond();
        stored.removeIf(
                name -> !name.startsWith(query.prefix()) || (beyond != null && BYTES.compare(name, beyond) <= 0));
        int looksAt = 1 + random.nextInt(8);
        List<Entry> counters = new ArrayList<>();
        String last = null;
        while (!stored.isEmpty() && looksAt-- > 0 && counters.size() < query.limit()) {
            last = stored.pollFirst();
            for (Entry entry : world.partitions().get(partition)) {
                if (entry.counter().equals(last)) {
                    counters.add(entry);
                }
            }
        }
        return new CounterPage(counters, stored.isEmpty() ? null : last);
    }

    private static CounterPage largest(World world, int partition, int limit) {
        return new CounterPage(
                world.partitions().get(partition).stream()
                        .sorted(BY_TOTAL)
                        .limit(limit)
                        .toList(),
                null);
    }

    private static List<Entry> all(World world, Predicate<Entry> filter) {
        List<Entry> all = new ArrayList<>();
        world.partitions().forEach(entries -> entries.stream().filter(filter).forEach(all::add));
        return all;
    }

    private List<Entry> walk(String prefix) throws Exception {
        List<Entry> walked = new ArrayList<>();
        String begin = prefix.isEmpty()
                ? "?"
                : "?prefix=" + URLEncoder.encode(prefix, StandardCharsets.UTF_8).replace("+", "%20") + "&";
        String cursor = "";
        while (cursor != null) {
            int limit = 1 + random.nextInt(10);
            Listed listed = list(begin + "limit=" + limit + cursor);
            assertThat(listed.counters()).as("seed %d", seed).hasSizeLessThanOrEqualTo(limit);
            walked.addAll(listed.counters());
            cursor = listed.next() == null ? null : "&cursor=" + listed.next();
        }
        return walked;
    }

    private record Listed(List<Entry> counters, @Nullable String next) {}

    private Listed list(String query) throws Exception {
        HttpResponse<String> response = service.get("/v1/counters/ns" + query);
        assertThat(response.statusCode())
                .as("seed %d: %s", seed, response.body())
                .isEqualTo(200);
        return parse(response.body());
    }

    private static Listed parse(String body) throws IOException {
        List<Entry> counters = new ArrayList<>();
        String next = null;
        String counter = null;
        long total = 0;
        try (JsonParser json = new JsonFactory().createParser(body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    switch (json.currentName()) {
                        case "counter" -> counter = json.nextTextValue();
                        case "total" -> total = json.nextLongValue(0);
                        case "updatedAt" ->
                            counters.add(new Entry(counter, total, Instant.parse(json.nextTextValue())));
                        case "next" -> next = json.nextTextValue();
                        default -> {}
                    }
                }
            }
        }
        return new Listed(counters, next);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
