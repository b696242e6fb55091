package dev.tally.streams.generation;

import dev.tally.schemas.generation.ChangeRefusedException;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.topic.TopicCreator;
import dev.tally.schemas.topic.TopicMismatchException;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.schemas.topic.TopicsWait;
import dev.tally.service.lifecycle.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations as this instance follows them: waits for Kafka, creates the topic and the first record if there is none, and then
 * reports every change. Safe for use by any thread; {@link #start} returns at once.
 */
public final class FollowedGenerations implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(FollowedGenerations.class);
    private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STOP_MAX = Duration.ofSeconds(15);

    private final BoardWriter writer;
    private final Consumer<Board> listener;
    private final BoardFollower follower;
    private final Map<String, Object> admin;
    private final int replicationFactor;
    private final Function<Instant, Generations> first;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile String condition = "waiting for Kafka";
    private volatile boolean closed;
    private @Nullable Thread starter;

    /**
     * @param admin the properties of an admin client
     * @param first creates the record if there is none yet, with the time at which it is created
     * @param listener called on one thread, first with what is recorded now
     */
    public FollowedGenerations(
            BoardClients clients,
            Map<String, Object> admin,
            int replicationFactor,
            Function<Instant, Generations> first,
            Consumer<Board> listener) {
        this.writer = new BoardWriter(clients);
        this.listener = listener;
        this.follower = new BoardFollower(clients, this::follow, failure::completeExceptionally);
        this.admin = admin;
        this.replicationFactor = replicationFactor;
        this.first = first;
    }

    public synchronized void start() {
        if (!closed) {
            starter = new Thread(this::run, "generations-starter");
            starter.start();
        }
    }

    /** Completes exceptionally if the topic is not as it must be; never completes otherwise. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /** What the start waits for, in a phrase. */
    public String condition() {
        return condition;
    }

    private void run() {
        try (Admin client = Admin.create(admin)) {
            boolean begun = TopicsWait.repeat(() -> ensureTopic(client), () -> closed, this::kafkaUnavailable);
            synchronized (this) {
                if (begun && !closed) {
                    condition = "starting";
                    follower.start();
                }
            }
        } catch (TopicMismatchException e) {
            failure.completeExceptionally(RefusedException.of(e));
        } catch (RuntimeException | Error e) {
            if (!closed) {
                failure.completeExceptionally(e);
            }
        }
    }

    private void ensureTopic(Admin client) {
        TopicCreator.ensure(client, List.of(Topics.generations(replicationFactor)), TOPIC_TIMEOUT);
    }

    /** On the thread that follows: what it records is the next that it reads. */
    private void follow(Board board) {
        if (board.generations() == null) {
            var unused = TopicsWait.repeat(this::recordFirst, () -> closed, this::kafkaUnavailable);
        } else {
            listener.accept(board);
        }
    }

    private void recordFirst() {
        Instant now = Instant.now();
        try {
            var unused = writer.change(recorded -> recorded == null ? first.apply(now) : recorded);
        } catch (ChangeRefusedException e) {
            // Two instances have started at the same time, and one was fenced. The next attempt finds the record.
            throw new TopicsUnavailableException("Another instance is recording the first generation", e);
        }
    }

    private void kafkaUnavailable(String sentence) {
        condition = "waiting for Kafka: " + sentence;
        if (!closed) {
            LOGGER.warn("{} (retrying)", sentence);
        }
    }

    @Override
    public void close() {
        Thread starting;
        synchronized (this) {
            closed = true;
            starting = starter;
        }
        if (starting != null) {
            starting.interrupt();
            try {
                starting.join(STOP_MAX.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        follower.close();
    }
}
