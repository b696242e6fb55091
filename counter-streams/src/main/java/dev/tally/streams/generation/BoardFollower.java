package dev.tally.streams.generation;

import dev.tally.schemas.topic.TopicsUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code tally.generations} on a thread of its own and reports each new state of it to one listener, on that thread: the
 * first one when the topic was read to its end. Kafka may be away for any time: the consumer goes on when it is back, and a read
 * that fails is made again after a pause.
 */
public final class BoardFollower implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BoardFollower.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 1_000;
    private static final long STOP_MILLIS_MAX = 5_000;

    private final BoardClients clients;
    private final Consumer<Board> listener;
    private final Consumer<Throwable> failed;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable BoardReader reader;

    /**
     * @param listener what it throws is logged, and the following goes on
     * @param failed called with what ends the following, such as a setting that the consumer refuses
     */
    public BoardFollower(BoardClients clients, Consumer<Board> listener, Consumer<Throwable> failed) {
        this.clients = clients;
        this.listener = listener;
        this.failed = failed;
        this.thread = new Thread(this::run, "generations-follower");
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try (BoardReader opened = new BoardReader(clients)) {
            reader = opened;
            Board reported = null;
            while (!isStopped()) {
                Board now = read(opened, reported == null);
                if (now == null) {
                    var unused = stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                } else if (!now.equals(reported)) {
                    reported = now;
                    report(now);
                }
            }
        } catch (WakeupException | InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Null if it failed. */
    private static @Nullable Board read(BoardReader reader, boolean isFirst) {
        try {
            return isFirst ? reader.readToEnd(POLL) : reader.poll(POLL);
        } catch (WakeupException e) {
            throw e;
        } catch (TopicsUnavailableException e) {
            LOGGER.warn("{} (retrying)", e.getMessage());
        } catch (KafkaException e) {
            LOGGER.error("The generations could not be read (retrying)", e);
        }
        return null;
    }

    private void report(Board board) {
        try {
            listener.accept(board);
        } catch (RuntimeException e) {
            LOGGER.error("A change of the generations could not be followed; the next one is awaited", e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        BoardReader now = reader;
        if (now != null) {
            now.wakeup();
        }
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
