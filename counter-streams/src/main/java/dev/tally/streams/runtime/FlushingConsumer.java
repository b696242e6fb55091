package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.FlushScheduler;
import dev.tally.streams.state.flush.FlushSchedulers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The consumer that Kafka Streams polls events from. Before each poll the thread performs the flushes that readers have
 * requested. A request ends the current poll, so that a reader of an idle partition does not wait for the poll timeout. The
 * thread then pauses while the record rate is high and no reader waits for a record, see {@link PollPace}. The pause is a few
 * milliseconds, so it delays neither a rebalance nor a close.
 *
 * <p>A flush runs before a poll and never after one. An exception from it then loses no polled records, and Streams handles it
 * like an exception from a poll.
 *
 * <p>No call throws a {@link WakeupException}. Threads: as for {@link KafkaConsumer}.
 */
class FlushingConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final long NANOS_A_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final FlushSchedulers schedulers;
    private final PollLimit limit;
    private final PollWakeups wakeups = new PollWakeups(super::wakeup);
    private final PollPace pace = new PollPace(System::nanoTime);
    private final PollPause pause = new PollPause();
    private @Nullable FlushScheduler scheduler;
    private volatile boolean closed;

    FlushingConsumer(Map<String, Object> config, FlushSchedulers schedulers, PollLimit limit) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.schedulers = schedulers;
        this.limit = limit;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        FlushScheduler own = scheduler();
        long flushIn = own.flushIfRequested();
        long commitIn = own.requestDueCommit(pace.isFast());
        long untilDue = Math.min(flushIn, commitIn);
        long pauseNanos = Math.min(pace.pause(), untilDue);
        if (pauseNanos > 0) {
            pause.await(pauseNanos, () -> wakeups.isAsked() || own.isAwaited());
        }
        Duration most = limit.of(timeout);
        ConsumerRecords<byte[], byte[]> polled = pollFor(commitIn == 0 ? Duration.ZERO : atMost(most, untilDue));
        pace.polled(polled.count());
        return polled;
    }

    private ConsumerRecords<byte[], byte[]> pollFor(Duration timeout) {
        boolean immediate = wakeups.begin();
        try {
            return super.poll(immediate ? Duration.ZERO : timeout);
        } catch (WakeupException e) {
            wakeups.thrown();
            return ConsumerRecords.empty();
        } finally {
            if (wakeups.end()) {
                takeBackWakeup();
            }
        }
    }

    /** Streams also calls this in a rebalance, within a poll, where a wakeup may make it throw. */
    @Override
    public long position(TopicPartition partition) {
        while (true) {
            try {
                return super.position(partition);
            } catch (WakeupException e) {
                wakeups.thrown();
            }
        }
    }

    /** Ends the current poll, or makes the next one return without waiting. Any thread. */
    @Override
    public void wakeup() {
        wakeups.ask();
        pause.end();
    }

    /** Any thread. */
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        super.close();
    }

    @Override
    public void close(CloseOptions options) {
        closed = true;
        super.close(options);
    }

    private FlushScheduler scheduler() {
        FlushScheduler own = scheduler;
        if (own == null) {
            own = schedulers.ofThisThread();
            own.onRequest(this::wakeup);
            own.onAwaited(pause::end);
            scheduler = own;
        }
        return own;
    }

    /** Whole milliseconds, rounded up: a consumer treats less than one millisecond as zero. */
    static Duration atMost(Duration timeout, long nanos) {
        Duration most = Duration.ofMillis(nanos / NANOS_A_MILLISECOND + 1);
        return most.compareTo(timeout) < 0 ? most : timeout;
    }

    /** Consumes a wakeup that arrived after the poll had its result. Otherwise the next call by Streams would throw. */
    private void takeBackWakeup() {
        try {
            ConsumerRecords<byte[], byte[]> polled = super.poll(Duration.ZERO); // throws before it does anything
            polled.partitions()
                    .forEach(each -> seek(each, polled.records(each).get(0).offset()));
        } catch (WakeupException expected) {
            // the wakeup is consumed
        }
    }
}
