package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.FlushSchedulers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that returns no record beyond the {@link OffsetLimit}. A partition that has reached its limit is withheld, see
 * {@link WithheldPartitions}. Each poll looks at the limit once if none is set.
 */
abstract class LimitedConsumer extends FlushingConsumer {
    private final WithheldPartitions withheld = new WithheldPartitions(this::hold);
    private final OffsetLimit limit;
    private final LimitAdmission limitAdmission;

    LimitedConsumer(Map<String, Object> config, FlushSchedulers schedulers, PollLimit pollLimit, OffsetLimit limit) {
        super(config, schedulers, pollLimit);
        this.limit = limit;
        this.limitAdmission = new LimitAdmission(limit);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (!withheld.isEmpty()) {
            super.resume(withheld.release(paused()));
        }
        ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
        // After the poll: a limit that was set while the consumer waited applies to the records of this poll.
        return limit.isSet() ? admit(polled, limitAdmission) : polled;
    }

    /** Returns the polled records that may be counted now, and withholds the others. */
    final ConsumerRecords<byte[], byte[]> admit(ConsumerRecords<byte[], byte[]> polled, Admission admission) {
        return withheld.admit(polled, admission);
    }

    private void hold(TopicPartition partition, OffsetAndMetadata place) {
        super.pause(List.of(partition));
        super.seek(partition, place);
    }

    @Override
    public final void pause(Collection<TopicPartition> partitions) {
        if (!withheld.isEmpty()) {
            withheld.pausing(partitions, paused());
        }
        super.pause(partitions);
    }

    @Override
    public final void resume(Collection<TopicPartition> partitions) {
        super.resume(withheld.resumed(partitions));
    }

    // Streams seeks when it revives a task whose state is restored again: to the committed offset or to the log's
    // beginning.

    @Override
    public final void seek(TopicPartition partition, long offset) {
        withheld.forget(partition);
        super.seek(partition, offset);
    }

    @Override
    public final void seek(TopicPartition partition, OffsetAndMetadata offset) {
        withheld.forget(partition);
        super.seek(partition, offset);
    }

    @Override
    public final void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(withheld::forget);
        super.seekToBeginning(partitions);
    }

    @Override
    public final void seekToEnd(Collection<TopicPartition> partitions) {
        partitions.forEach(withheld::forget);
        super.seekToEnd(partitions);
    }
}
