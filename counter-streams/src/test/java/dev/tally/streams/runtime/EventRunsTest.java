package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EventRunsTest {
    private static final TopicPartition FIRST = new TopicPartition("events", 0);
    private static final TopicPartition SECOND = new TopicPartition("events", 1);

    @Test
    void shouldMakeOneRecordAtTheFirstOffsetOfEachPartition() {
        // given
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(FIRST, new OffsetAndMetadata(12), SECOND, new OffsetAndMetadata(4));
        ConsumerRecords<byte[], byte[]> polled = new ConsumerRecords<>(
                Map.of(
                        FIRST,
                        List.of(event(FIRST, 7, 100), event(FIRST, 8, 90), event(FIRST, 11, 110)),
                        SECOND,
                        List.of(event(SECOND, 3, 100))),
                next);

        // when
        ConsumerRecords<byte[], byte[]> runs = EventRuns.of(polled);

        // then
        assertThat(runs.records(FIRST)).hasSize(1);
        ConsumerRecord<byte[], byte[]> first = runs.records(FIRST).get(0);
        assertThat(first.offset()).isEqualTo(7); // the offset that is committed while the run is queued
        assertThat(first.leaderEpoch()).contains(5);
        assertThat(first.timestamp()).isEqualTo(90);
        assertThat(first.serializedKeySize()).isEqualTo(3);
        assertThat(first.serializedValueSize()).isEqualTo(6);
        assertThat(runs.records(SECOND)).hasSize(1);
        assertThat(runs.records(SECOND).get(0).offset()).isEqualTo(3);
        assertThat(runs.nextOffsets()).isEqualTo(next); // the offsets that are committed when all is applied
    }

    @Test
    void shouldShowStreamsANegativeTimeWhenAnEventHasOne() {
        // given
        ConsumerRecords<byte[], byte[]> polled = new ConsumerRecords<>(
                Map.of(FIRST, List.of(event(FIRST, 0, 100), event(FIRST, 1, -1))),
                Map.of(FIRST, new OffsetAndMetadata(2)));

        // then: Kafka Streams refuses the record
        assertThat(EventRuns.of(polled).records(FIRST).get(0).timestamp()).isEqualTo(-1);
    }

    @Test
    void shouldEndARunWhenItHasTheMaximumOfEvents() {
        // given
        List<ConsumerRecord<byte[], byte[]>> events = LongStream.range(0, 2L * EventRuns.EVENTS_MAX + 1)
                .mapToObj(offset -> event(FIRST, offset, 100))
                .toList();

        // when
        ConsumerRecords<byte[], byte[]> runs = EventRuns.of(
                new ConsumerRecords<>(Map.of(FIRST, events), Map.of(FIRST, new OffsetAndMetadata(events.size()))));

        // then
        assertThat(runs.records(FIRST))
                .extracting(ConsumerRecord::offset)
                .containsExactly(0L, (long) EventRuns.EVENTS_MAX, 2L * EventRuns.EVENTS_MAX);
    }

    @Test
    void shouldLeaveAnEmptyPollAsItIs() {
        ConsumerRecords<byte[], byte[]> polled = ConsumerRecords.empty();

        assertThat(EventRuns.of(polled)).isSameAs(polled);
    }

    private static ConsumerRecord<byte[], byte[]> event(TopicPartition of, long offset, long timestamp) {
        return new ConsumerRecord<>(
                of.topic(),
                of.partition(),
                offset,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                1,
                2,
                new byte[1],
                new byte[2],
                new RecordHeaders(),
                Optional.of(5));
    }
}
