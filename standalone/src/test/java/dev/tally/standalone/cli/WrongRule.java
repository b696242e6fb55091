package dev.tally.standalone.cli;

import dev.tally.Operation;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.EventEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes generations other than the first one count by a wrong rule: the consumer of their events sees other events than the log
 * contains. Kafka's client creates it by name. Counter-streams refuses the property in its settings, so only a test can set it.
 */
public final class WrongRule implements ConsumerInterceptor<byte[], byte[]> {
    /** The wrong rule of the consumers from now on; null for none. */
    static volatile @Nullable Rule rule;

    private boolean isRebuilt;

    enum Rule {
        SET_ADDS {
            @Override
            byte[] apply(EventDecoder event, byte[] value) {
                return event.operation() == Operation.SET
                        ? EventEncoder.released()
                                .encode(
                                        Operation.ADD,
                                        event.value(),
                                        event.id(),
                                        event.occurredAtMillis(),
                                        event.source())
                        : value;
            }
        },
        DUPLICATES_COUNT {
            @Override
            byte[] apply(EventDecoder event, byte[] value) {
                return EventEncoder.released()
                        .encode(event.operation(), event.value(), null, event.occurredAtMillis(), event.source());
            }
        };

        /** The event that is counted instead. */
        abstract byte[] apply(EventDecoder event, byte[] value);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        isRebuilt = !"tally-g1".equals(configs.get("group.id"));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        Rule wrong = rule;
        if (!isRebuilt || wrong == null || records.isEmpty()) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> changed = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> ofPartition = new ArrayList<>();
            records.records(partition).forEach(record -> ofPartition.add(changed(record, wrong)));
            changed.put(partition, ofPartition);
        }
        return new ConsumerRecords<>(changed, records.nextOffsets());
    }

    private static ConsumerRecord<byte[], byte[]> changed(ConsumerRecord<byte[], byte[]> record, Rule wrong) {
        EventDecoder event = EventDecoder.released();
        byte[] value = record.value();
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                event.decode(value) ? wrong.apply(event, value) : value,
                record.headers(),
                record.leaderEpoch());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
