package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.ThreadFlushes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The consumer that Kafka Streams polls events from, with a {@link SchemaGate}. Returns event runs, see {@link EventRuns}. */
final class GatedConsumer extends FlushingConsumer {
    private final SchemaGate gate;

    GatedConsumer(
            Map<String, Object> config,
            Supplier<ThreadFlushes> flushesOfThisThread,
            boolean commitsSpaced,
            SchemaGate gate) {
        super(config, flushesOfThisThread, commitsSpaced);
        this.gate = gate;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        List<TopicPartition> released = gate.release(paused());
        if (!released.isEmpty()) {
            super.resume(released);
        }
        return EventRuns.of(gate.admit(super.poll(timeout), this::hold));
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        gate.paused(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(gate.resumed(partitions));
    }

    private void hold(TopicPartition partition, OffsetAndMetadata place) {
        super.pause(List.of(partition));
        seek(partition, place);
    }
}
