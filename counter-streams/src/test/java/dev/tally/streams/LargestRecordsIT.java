package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The largest event records that other producers can write, on a real broker with its default limits. */
class LargestRecordsIT extends StreamsFixture {
    private static final int MESSAGE_BYTES_MAX = 1_048_588;
    private static final int IDS = 1_500;
    private static final String LONGEST_COUNTER = "n".repeat(64) + "/" + "c".repeat(200);
    private static final int LONGEST_ID = 139;

    @Test
    void shouldRejectAHugeIdAndContinueWhenRestarted() throws Exception {
        // given
        start();
        String huge = "x".repeat(1_048_300);

        // when
        broker.append("shop/cart", Operation.ADD, 1, huge);
        broker.append("shop/cart", Operation.ADD, 2);

        // then
        awaitTotal("shop/cart", 2);
        await().atMost(PATIENCE).until(() -> broker.read(Topics.REJECTED).size() == 1);
        ConsumerRecord<byte[], byte[]> rejected = broker.read(Topics.REJECTED).get(0);
        assertThat(rejected.value()).hasSizeGreaterThan(huge.length());
        assertThat(new String(rejected.headers().lastHeader("tally.reason").value(), StandardCharsets.UTF_8))
                .isEqualTo("too_large");

        // when
        restart();
        broker.append("shop/cart", Operation.ADD, 3);

        // then
        awaitTotal("shop/cart", 5);
    }

    @Test
    void shouldWriteTheLargestGroupsOfIds() throws Exception {
        // given: all events are in the log before the first one is applied, and one commit covers them
        start();
        streams.close();
        for (int i = 0; i < IDS; i++) {
            var unused = broker.appendLater(LONGEST_COUNTER, Operation.ADD, Long.MIN_VALUE + i, longestId(i), 1_000);
            var undone = broker.appendLater(LONGEST_COUNTER, Operation.SET, 0, null, 1_000);
        }

        // when
        streams = CounterStreamsMain.start(settings(null, Map.of("TALLY_KAFKA_STREAMS_COMMIT_INTERVAL_MS", "3000")));
        broker.append(LONGEST_COUNTER, Operation.SET, 7);

        // then
        awaitTotal(LONGEST_COUNTER, 7);
        await().atMost(PATIENCE).until(() -> largestOfChangelog() > 5 * (LONGEST_COUNTER.length() + LONGEST_ID));
        assertThat(largestOfChangelog()).isLessThan(MESSAGE_BYTES_MAX / 2);

        // when
        restart();
        for (int i = 0; i < IDS; i += 100) {
            var unused = broker.appendLater(LONGEST_COUNTER, Operation.ADD, Long.MIN_VALUE + i, longestId(i), 1_000);
        }
        broker.append(LONGEST_COUNTER, Operation.ADD, 1);

        // then
        awaitTotal(LONGEST_COUNTER, 8);
    }

    private static String longestId(int i) {
        return "~".repeat(LONGEST_ID - 6) + String.format("%06d", i);
    }

    private int largestOfChangelog() {
        return broker.read(StreamsFixture.APPLICATION_ID + "-counters-changelog").stream()
                .mapToInt(record -> record.serializedKeySize() + record.serializedValueSize())
                .max()
                .orElse(0);
    }
}
