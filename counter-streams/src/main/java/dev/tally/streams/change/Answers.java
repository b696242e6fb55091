package dev.tally.streams.change;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the answers of Kafka, in bounded time. */
final class Answers {
    private static final int SECONDS_MAX = 6; // the client gives up before

    private Answers() {}

    /** Null if Kafka did not answer: the step is made again later. */
    static long @Nullable [] await(CompletionStage<long[]> answer) {
        try {
            return answer.toCompletableFuture().get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
