package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.FlushSchedulers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The consumer that Kafka Streams polls events from, with {@link SchemaAdmission}. Returns event runs, see {@link EventRuns}. */
final class AdmittingConsumer extends FlushingConsumer {
    private final SchemaAdmission admission;

    AdmittingConsumer(
            Map<String, Object> config, FlushSchedulers schedulers, PollLimit limit, SchemaAdmission admission) {
        super(config, schedulers, limit);
        this.admission = admission;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        List<TopicPartition> released = admission.release(paused());
        if (!released.isEmpty()) {
            super.resume(released);
        }
        return EventRuns.of(admission.admit(super.poll(timeout), this::hold));
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        admission.paused(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(admission.resumed(partitions));
    }

    private void hold(TopicPartition partition, OffsetAndMetadata place) {
        super.pause(List.of(partition));
        seek(partition, place);
    }
}
