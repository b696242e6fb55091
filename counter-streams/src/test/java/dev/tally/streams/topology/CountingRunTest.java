package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tally.Operation;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;

/** Runs of events, each passed to Kafka Streams as one record. */
class CountingRunTest {
    private static final int EVENTS = 400;
    private static final int COUNTERS = 5;

    @Test
    void shouldGiveTheSameStateInWhateverRunsTheEventsCome() {
        // given
        long seed = Seed.printed(CountingRunTest.class);
        Random random = new Random(seed);
        List<KeyValue<byte[], byte[]>> log = log(random);
        try (CountingDriver singly = new CountingDriver();
                CountingDriver inRuns = new CountingDriver()) {
            // when
            for (KeyValue<byte[], byte[]> event : log) {
                singly.sendBytes(event.key, event.value);
            }
            for (int from = 0; from < log.size(); ) {
                int to = Math.min(log.size(), from + 1 + random.nextInt(60));
                inRuns.sendRun(log.subList(from, to));
                from = to;
            }

            // then
            assertThat(inRuns.position()).as("seed %d", seed).isEqualTo(singly.position());
            for (int i = 0; i < COUNTERS; i++) {
                assertThat(inRuns.counter("shop/c" + i))
                        .as("counter %d, seed %d", i, seed)
                        .isEqualTo(singly.counter("shop/c" + i));
            }
            assertThat(inRuns.rejected())
                    .as("seed %d", seed)
                    .extracting(
                            CountingDriver.Rejected::reason,
                            CountingDriver.Rejected::detail,
                            CountingDriver.Rejected::origin)
                    .isEqualTo(singly.rejected().stream()
                            .map(each -> tuple(each.reason(), each.detail(), each.origin()))
                            .toList());
            assertThat(inRuns.metrics().applied()).isEqualTo(singly.metrics().applied());
            assertThat(inRuns.metrics().duplicate()).isEqualTo(singly.metrics().duplicate());
        }
    }

    @Test
    void shouldSkipWhatIsAppliedWhenARunBeginsBeforeIt() {
        try (CountingDriver counting = new CountingDriver()) {
            // given
            byte[] event = CountingDriver.event(Operation.ADD, 1);
            byte[] key = "shop/c0".getBytes(StandardCharsets.UTF_8);
            counting.sendRun(List.of(KeyValue.pair(key, event), KeyValue.pair(key, event)));

            // when: the driver assigns Kafka offset 1, which is already applied
            counting.sendBytes(key, event);

            // then
            assertThat(counting.total("shop/c0")).isEqualTo(2);
            assertThat(counting.metrics().skipped()).isEqualTo(1);
        }
    }

    private static List<KeyValue<byte[], byte[]>> log(Random random) {
        List<KeyValue<byte[], byte[]>> log = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String name = random.nextInt(40) == 0 ? "no counter" : "shop/c" + random.nextInt(COUNTERS);
            String id = random.nextInt(3) == 0 ? "id-" + random.nextInt(20) : null;
            byte[] value = switch (random.nextInt(20)) {
                case 0 -> EventEncoder.released().encode(Operation.DELETE, 0, id, 0, null);
                case 1 -> EventEncoder.released().encode(Operation.SET, random.nextInt(9), id, 0, null);
                case 2 -> EventEncoder.released().encode(Operation.ADD, Long.MAX_VALUE, null, 0, null);
                case 3 -> new byte[] {1, 2, 3};
                default -> EventEncoder.released().encode(Operation.ADD, random.nextInt(9), id, 0, null);
            };
            log.add(KeyValue.pair(name.getBytes(StandardCharsets.UTF_8), value));
        }
        return log;
    }
}
