package dev.tally.streams.runtime;

import dev.tally.schemas.topic.TopicsUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Waits for answers of the admin client. */
public final class KafkaAnswers {
    /** Of each request. */
    public static final int TIMEOUT_MILLIS = 10_000;

    private KafkaAnswers() {}

    /**
     * The answer.
     *
     * @throws TopicsUnavailableException if there is none in time
     * @throws KafkaException if Kafka refuses, or the topic does not exist
     */
    public static <T extends @Nullable Object> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS); // the client times out first
        } catch (ExecutionException e) {
            boolean isMissing = e.getCause() instanceof UnknownTopicOrPartitionException;
            if (e.getCause() instanceof KafkaException cause && (isMissing || !(cause instanceof RetriableException))) {
                throw cause;
            }
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static TopicsUnavailableException unavailable(Throwable cause) {
        return new TopicsUnavailableException("Kafka does not answer: " + cause.getMessage(), cause);
    }
}
