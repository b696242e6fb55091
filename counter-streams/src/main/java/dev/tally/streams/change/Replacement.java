package dev.tally.streams.change;

import dev.tally.schemas.generation.CountingParameters;
import dev.tally.schemas.generation.Generations;
import dev.tally.streams.runtime.EndedCounting;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first step of a rebuild whose live generation cannot be counted: the new one replaces it without a comparison, and feeds the
 * events after those that the live one fed. It is made when no instance counts the live generation any more. Confined to one thread.
 */
public final class Replacement {
    /** The step that creates the new generation, once its parameters are known. */
    interface Step {
        UnaryOperator<Generations> with(CountingParameters parameters);
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Replacement.class);
    private static final long NOTHING = -1;
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<@Nullable Unusable> unusable;
    private final EndedCounting ended;
    private final int partitions;
    private boolean isAsked;
    private long askedNanos;
    /** The group whose members were last waited for. */
    private @Nullable String awaited;

    /** @param unusable why the live generation cannot be counted here; null if it can */
    public Replacement(Supplier<@Nullable Unusable> unusable, EndedCounting ended, int partitions) {
        this.unusable = unusable;
        this.ended = ended;
        this.partitions = partitions;
    }

    /**
     * Whether the live generation cannot be counted and no instance counts it any more, as far as Kafka was asked: it is not at every
     * step, since that may last for as long as an upgrade.
     *
     * @param applicationId of the live generation
     * @throws dev.tally.schemas.topic.TopicsUnavailableException if Kafka does not answer
     */
    boolean isDue(String applicationId) {
        long now = System.nanoTime();
        if (unusable.get() == null || (isAsked && now - askedNanos < ASK_NANOS)) {
            return false;
        }
        isAsked = true;
        askedNanos = now;
        boolean isDue = ended.lastOffsets(applicationId) != null;
        if (!isDue && !applicationId.equals(awaited)) {
            awaited = applicationId;
            LOGGER.info("The rebuild begins when no instance counts {} any more", applicationId);
        }
        return isDue;
    }

    /**
     * The step; null if it is not due any more.
     *
     * @throws dev.tally.schemas.topic.TopicsUnavailableException if Kafka does not answer
     */
    @Nullable
    Step step(String applicationId, Instant now) {
        Unusable why = unusable.get();
        List<Long> fed = why == null ? null : ended.lastOffsets(applicationId);
        if (why == null || fed == null) {
            return null;
        }
        // Totals that the log does not have are in the feed: all are written again.
        List<Long> after = why.isOfOtherLog() ? Collections.nCopies(partitions, NOTHING) : fed;
        return parameters -> generations -> generations.replacing(parameters, now, why.sentence(), after);
    }
}
