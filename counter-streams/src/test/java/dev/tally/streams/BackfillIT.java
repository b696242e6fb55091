package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.name.Placement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** When no events arrive, the commits that backfill a namespace are like all other commits. */
class BackfillIT extends StreamsFixture {
    private static final String CHANGELOG = StreamsFixture.APPLICATION_ID + "-counters-changelog";
    private static final int HIGH = 2_600;

    @Test
    void shouldCompleteABackfillWhenNoEventsArrive() throws Exception {
        // given: more counters than the events after the fall would backfill
        List<String> names = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "top/c" + i)
                .filter(name -> Placement.partition(name.getBytes(StandardCharsets.UTF_8), RealBroker.PARTITIONS) == 0)
                .limit(HIGH + 12_000)
                .toList();
        start();
        broker.appendAll(names.subList(0, HIGH), 1_000);
        broker.appendAll(names.subList(HIGH, names.size()), 1);
        // Waits for the commit: otherwise the high totals and their fall could reach the index as one change.
        await().atMost(PATIENCE)
                .until(() -> broker.read(CHANGELOG).stream()
                        .anyMatch(record -> new String(record.key(), StandardCharsets.UTF_8)
                                .endsWith(names.get(names.size() - 1))));

        // when
        for (String name : names.subList(0, HIGH)) {
            var unused = broker.appendLater(name, Operation.SET, -1, null, 1_000);
        }
        awaitTotal(names.get(HIGH - 1), -1);

        // then: the namespace's entry was removed in a committed transaction
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<ConsumerRecord<byte[], byte[]>> entries = broker.read(CHANGELOG).stream()
                    .filter(record -> record.key()[0] == 'l')
                    .toList();
            assertThat(entries).isNotEmpty();
            assertThat(entries.get(entries.size() - 1).value()).isNull();
        });

        // when
        broker.append(names.get(0), Operation.ADD, 5);

        // then
        awaitTotal(names.get(0), 4);
    }
}
