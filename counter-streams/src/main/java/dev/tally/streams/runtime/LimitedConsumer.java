package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.FlushSchedulers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that returns no record beyond the {@link OffsetLimit}. A partition that has reached its limit is withheld, see
 * {@link WithheldPartitions}. While the {@link EventRate} is used up, polls return no record: they last as long as Kafka Streams
 * asks for, or until the rate allows for more. Each poll looks at the limit and the rate once if none is set.
 */
abstract class LimitedConsumer extends FlushingConsumer {
    private final WithheldPartitions withheld = new WithheldPartitions(this::hold);
    private final OffsetLimit limit;
    private final LimitAdmission limitAdmission;
    private final EventRate rate;
    /** The partitions that are paused only for the current poll. */
    private final Set<TopicPartition> resting = new HashSet<>();

    LimitedConsumer(
            Map<String, Object> config,
            FlushSchedulers schedulers,
            PollLimit pollLimit,
            OffsetLimit limit,
            EventRate rate) {
        super(config, schedulers, pollLimit);
        this.limit = limit;
        this.limitAdmission = new LimitAdmission(limit);
        this.rate = rate;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (!withheld.isEmpty()) {
            super.resume(withheld.release(paused()));
        }
        long waitNanos = rate.waitNanos();
        ConsumerRecords<byte[], byte[]> polled =
                waitNanos == 0 ? super.poll(timeout) : rest(atMost(timeout, waitNanos));
        // After the poll: a limit that was set while the consumer waited applies to the records of this poll.
        ConsumerRecords<byte[], byte[]> allowed = limit.isSet() ? admit(polled, limitAdmission) : polled;
        rate.polled(allowed.count());
        return allowed;
    }

    /** A poll without records. What is fetched already is kept. After it, Kafka Streams finds the partitions as it left them. */
    private ConsumerRecords<byte[], byte[]> rest(Duration timeout) {
        resting.addAll(assignment());
        resting.removeAll(paused());
        super.pause(resting);
        try {
            return super.poll(timeout);
        } finally {
            resting.retainAll(assignment());
            super.resume(resting);
            resting.clear();
        }
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
        resting.removeAll(partitions); // Streams pauses them in a rebalance during the poll, for longer
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
