package dev.tally.streams.generation;

import dev.tally.schemas.topic.TopicsUnavailableException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code tally.generations} on a thread of its own and reports each new state of it to one listener, on that thread: the
 * first one when the topic was read to its end. Kafka may be away for any time: the consumer goes on when it is back.
 */
public final class BoardFollower implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BoardFollower.class);
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final long STOP_MILLIS_MAX = 5_000;

    private final BoardClients clients;
    private final Consumer<Board> listener;
    private final Thread thread;
    private volatile @Nullable BoardReader reader;
    private volatile boolean closed;

    /** @param listener what it throws is logged, and the following goes on */
    public BoardFollower(BoardClients clients, Consumer<Board> listener) {
        this.clients = clients;
        this.listener = listener;
        this.thread = new Thread(this::run, "generations-follower");
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try (BoardReader opened = new BoardReader(clients)) {
            reader = opened;
            Board reported = null;
            while (!closed) {
                Board now = reported == null ? first(opened) : next(opened);
                if (now != null && !now.equals(reported)) {
                    reported = now;
                    report(now);
                }
            }
        } catch (WakeupException e) {
            // closed
        }
    }

    private static @Nullable Board first(BoardReader reader) {
        try {
            return reader.readToEnd(POLL);
        } catch (TopicsUnavailableException e) {
            LOGGER.warn("{} (retrying)", e.getMessage());
            return null;
        }
    }

    private static @Nullable Board next(BoardReader reader) {
        try {
            return reader.poll(POLL);
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOGGER.error("The generations could not be read; continuing", e);
            return null;
        }
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
        closed = true;
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
