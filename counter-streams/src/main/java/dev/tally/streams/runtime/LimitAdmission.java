package dev.tally.streams.runtime;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Admits the events up to the {@link OffsetLimit} of their partition. */
final class LimitAdmission implements Admission {
    private final OffsetLimit limit;

    LimitAdmission(OffsetLimit limit) {
        this.limit = limit;
    }

    @Override
    public int admissible(List<ConsumerRecord<byte[], byte[]>> records) {
        int count = records.size();
        while (count > 0 && !isAllowed(records.get(count - 1))) {
            count--;
        }
        return count;
    }

    @Override
    public Wait withhold(ConsumerRecord<byte[], byte[]> first) {
        int partition = first.partition();
        long offset = first.offset();
        return new Wait() {
            @Override
            public boolean isOver() {
                return limit.allows(partition, offset);
            }

            @Override
            public void ended() {
                // nothing else depends on this wait
            }
        };
    }

    private boolean isAllowed(ConsumerRecord<byte[], byte[]> record) {
        return limit.allows(record.partition(), record.offset());
    }
}
