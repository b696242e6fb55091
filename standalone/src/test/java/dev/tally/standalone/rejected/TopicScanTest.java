package dev.tally.standalone.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicScanTest {
    private static final String TOPIC = "topic";

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> read = new ArrayList<>();

    @Test
    void shouldReadFromTheStartToTheEndOnly() {
        // given
        consumer.schedulePollTask(() -> {
            for (long offset = 0; offset < 10; offset++) {
                consumer.addRecord(new ConsumerRecord<>(TOPIC, 1, offset, new byte[0], new byte[0]));
            }
        });
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 1), 0L));

        // when
        TopicScan.read(
                consumer, TOPIC, Map.of(0, 5L, 1, 3L), Map.of(0, 5L, 1, 7L), record -> read.add(record.offset()));

        // then
        assertThat(read).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void shouldEndWithoutAReadWhenNothingIsUnread() {
        TopicScan.read(consumer, TOPIC, Map.of(0, 5L), Map.of(0, 5L), record -> read.add(record.offset()));
        assertThat(read).isEmpty();
    }

    @Test
    void shouldStopWhenToldTo() {
        // given
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 0, new byte[0], new byte[0]));
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, 1, new byte[0], new byte[0]));
        });
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L));

        // when
        TopicScan.read(consumer, TOPIC, Map.of(0, 0L), Map.of(0, 2L), record -> !read.add(record.offset()));

        // then
        assertThat(read).containsExactly(0L);
    }
}
