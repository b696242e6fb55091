package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.schemas.registry.SchemaIds;
import dev.tally.schemas.topic.TopicCreator;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsWait;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for what counting needs before it starts: the topics, a valid changelog, and the IDs of the schemas. One thread waits;
 * any thread may ask what it waits for.
 */
final class Startup {
    private static final Logger LOGGER = LoggerFactory.getLogger(Startup.class);
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(10);
    private static final long CHECK_INTERVAL_MILLIS = 250;

    private final SchemaDirectory schemas;
    private final BooleanSupplier closed;
    private volatile String waitingFor = "waiting for Kafka";

    /** @param closed ends every wait when it is true */
    Startup(SchemaDirectory schemas, BooleanSupplier closed) {
        this.schemas = schemas;
        this.closed = closed;
    }

    /** A short readable description of what the startup waits for. */
    String waitingFor() {
        return waitingFor;
    }

    /**
     * Waits until the topics exist and the changelog is valid.
     *
     * @throws RuntimeException if the topics or the changelog are not as they must be, see {@link Changelog#verify}
     */
    void awaitTopics(RuntimeOptions options, Admin admin) {
        Topics topics = Topics.of(options.partitions(), options.replicationFactor());
        TopicsWait.repeat(
                () -> {
                    Changelog changelog = Changelog.ask(admin, options, TOPICS_TIMEOUT);
                    TopicCreator.ensure(admin, topics, TOPICS_TIMEOUT);
                    changelog.verify();
                },
                closed,
                this::kafkaUnavailable);
    }

    private void kafkaUnavailable(String sentence) {
        waitingFor = "waiting for Kafka: " + sentence;
        if (!closed.getAsBoolean()) {
            LOGGER.warn("{} (retrying)", sentence);
        }
    }

    /** Waits for the IDs of the schemas. Null if the wait was ended before they are known. */
    @Nullable
    SchemaIds awaitIds() {
        CompletableFuture<SchemaIds> ids = schemas.ids();
        while (!closed.getAsBoolean()) {
            try {
                return ids.get(CHECK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                waitingFor = schemas.waitingFor();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    /** Called when every wait has ended and Kafka Streams is about to be created. */
    void done() {
        waitingFor = "starting";
    }
}
