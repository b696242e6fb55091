package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaAnswer;
import dev.tally.schemas.wire.Frame;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Admits the events that counting can decide: those whose schema is known, and those that are known to have no schema. The others
 * wait until the registry has answered. Confined to the thread that polls.
 */
final class SchemaAdmission implements Admission {
    private static final long NONE = Long.MIN_VALUE;

    private final IntFunction<SchemaAnswer> schemas;
    private final StalledPartitions stalls;
    private long lastCertain = NONE;

    /** @param schemas what is currently known about a schema ID; must not wait */
    SchemaAdmission(IntFunction<SchemaAnswer> schemas, StalledPartitions stalls) {
        this.schemas = schemas;
        this.stalls = stalls;
    }

    @Override
    public int admissible(List<ConsumerRecord<byte[], byte[]>> records) {
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            byte[] value = record.value();
            if (Frame.isFramed(value) && !isCertain(Frame.schemaId(value))) {
                return count;
            }
            count++;
        }
        return count;
    }

    @Override
    public Wait withhold(ConsumerRecord<byte[], byte[]> first) {
        SchemaWait wait = new SchemaWait(first.partition(), first.offset(), Frame.schemaId(first.value()));
        wait.report();
        return wait;
    }

    private boolean isCertain(int schemaId) {
        if (schemaId == lastCertain) {
            return true;
        }
        boolean certain = schemas.apply(schemaId) instanceof SchemaAnswer.Known;
        if (certain) {
            lastCertain = schemaId;
        }
        return certain;
    }

    private final class SchemaWait implements Wait {
        private final int partition;
        private final long offset;
        private final int schemaId;

        SchemaWait(int partition, long offset, int schemaId) {
            this.partition = partition;
            this.offset = offset;
            this.schemaId = schemaId;
        }

        @Override
        public boolean isOver() {
            boolean certain = isCertain(schemaId);
            if (!certain) {
                report(); // again: the stalls may have been cleared
            }
            return certain;
        }

        @Override
        public void ended() {
            stalls.over(partition);
        }

        void report() {
            stalls.waits(partition, offset, schemaId);
        }
    }
}
