package dev.tally.streams.runtime;

import dev.tally.streams.state.ThreadFlushes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The consumer that Kafka Streams polls events from. Before each poll the thread makes the flushes that readers have requested
 * of its stores, and a request ends the poll under way, so that a reader of an idle partition does not wait for the poll's end.
 * Then it pauses while records come fast and no reader waits for one, see {@link PollPace}; the pause is milliseconds, so it delays
 * neither a rebalance nor a close.
 *
 * <p>A flush is made before a poll and never after one: what it throws then loses no records that were polled, and Streams
 * handles it as it handles what a poll throws.
 *
 * <p>No call throws a {@link WakeupException}. Threads: as {@link KafkaConsumer}.
 */
class FlushingConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final long NANOS_A_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final Supplier<ThreadFlushes> flushesOfThisThread;
    private final boolean commitsSpaced;
    private final PollWakeups wakeups = new PollWakeups(super::wakeup);
    private final PollPace pace = new PollPace(System::nanoTime);
    private final PollPause pause = new PollPause();
    private @Nullable ThreadFlushes flushes;
    private volatile boolean closed;

    /** @param commitsSpaced whether commits are left to the commit interval, unless readers wait, at any rate of records */
    FlushingConsumer(Map<String, Object> config, Supplier<ThreadFlushes> flushesOfThisThread, boolean commitsSpaced) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.flushesOfThisThread = flushesOfThisThread;
        this.commitsSpaced = commitsSpaced;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ThreadFlushes own = flushes();
        long flushIn = own.flushRequested();
        long commitIn = own.requestCommit(commitsSpaced || pace.isFast());
        long untilDue = Math.min(flushIn, commitIn);
        long pauseNanos = Math.min(pace.pause(), untilDue);
        if (pauseNanos > 0) {
            pause.await(pauseNanos, () -> wakeups.isAsked() || own.isAwaited());
        }
        ConsumerRecords<byte[], byte[]> polled = pollFor(commitIn == 0 ? Duration.ZERO : atMost(timeout, untilDue));
        pace.polled(polled.count());
        return polled;
    }

    private ConsumerRecords<byte[], byte[]> pollFor(Duration timeout) {
        boolean hurried = wakeups.begin();
        try {
            return super.poll(hurried ? Duration.ZERO : timeout);
        } catch (WakeupException e) {
            wakeups.thrown();
            return ConsumerRecords.empty();
        } finally {
            if (wakeups.end()) {
                takeBackWakeup();
            }
        }
    }

    /** Streams asks for it in a rebalance too, within a poll: a wakeup may hit it there. */
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

    /** Ends the poll under way, or keeps the next one from waiting. Any thread. */
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

    private ThreadFlushes flushes() {
        ThreadFlushes own = flushes;
        if (own == null) {
            own = flushesOfThisThread.get();
            own.onRequest(this::wakeup);
            own.onAwaited(pause::end);
            flushes = own;
        }
        return own;
    }

    /** Whole milliseconds, rounded up: a consumer takes less than one for none. */
    private static Duration atMost(Duration timeout, long nanos) {
        Duration most = Duration.ofMillis(nanos / NANOS_A_MILLISECOND + 1);
        return most.compareTo(timeout) < 0 ? most : timeout;
    }

    /** The wakeup came when the poll had its result: else the next call of Streams would throw for it. */
    private void takeBackWakeup() {
        try {
            ConsumerRecords<byte[], byte[]> polled = super.poll(Duration.ZERO); // throws before it does anything
            polled.partitions()
                    .forEach(each -> seek(each, polled.records(each).get(0).offset()));
        } catch (WakeupException expected) {
            // taken back
        }
    }
}
