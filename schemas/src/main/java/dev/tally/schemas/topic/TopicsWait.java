package dev.tally.schemas.topic;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits without a time limit for Kafka to answer a check of topics, as a service does at its start. */
public final class TopicsWait {
    /** An attempt may fail at once, such as for a missing permission. */
    private static final long ATTEMPTS_NANOS_MIN = Duration.ofSeconds(1).toNanos();

    private TopicsWait() {}

    /**
     * Repeats a check while it throws {@link TopicsUnavailableException}, at most once a second. Blocks. An interrupt ends the
     * pause between two attempts.
     *
     * @param check such as {@link TopicCreator#ensure}; what else it throws, this method throws
     * @param stopped whether to stop waiting; asked before each attempt
     * @param retrying called with the sentence of each failed attempt
     * @return whether the check succeeded; false if stopped first
     */
    public static boolean repeat(Runnable check, BooleanSupplier stopped, Consumer<String> retrying) {
        while (!stopped.getAsBoolean()) {
            long start = System.nanoTime();
            try {
                check.run();
                return true;
            } catch (TopicsUnavailableException e) {
                retrying.accept(String.valueOf(e.getMessage()));
            }
            long left = ATTEMPTS_NANOS_MIN - (System.nanoTime() - start);
            if (left > 0 && !stopped.getAsBoolean()) {
                LockSupport.parkNanos(left);
            }
        }
        return false;
    }
}
