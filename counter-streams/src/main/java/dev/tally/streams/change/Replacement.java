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
     * The step; null if it cannot be made, or not yet.
     *
     * @param applicationId of the live generation
     * @throws dev.tally.schemas.topic.TopicsUnavailableException if Kafka does not answer
     */
    @Nullable
    Step step(String applicationId, Instant now) {
        Unusable why = unusable.get();
        List<Long> fed = why == null ? null : lastOffsets(applicationId);
        if (why == null || fed == null) {
            return null;
        }
        // Totals that the log does not have are in the feed: all are written again.
        List<Long> after = why.isOfOtherLog() ? Collections.nCopies(partitions, NOTHING) : fed;
        return parameters -> generations -> generations.replacing(parameters, now, why.sentence(), after);
    }

    /** Null while the group has a member, which may be for as long as an upgrade takes: Kafka is not asked at every step. */
    private @Nullable List<Long> lastOffsets(String applicationId) {
        long now = System.nanoTime();
        if (isAsked && now - askedNanos < ASK_NANOS) {
            return null;
        }
        isAsked = true;
        askedNanos = now;
        List<Long> last = ended.lastOffsets(applicationId);
        if (last == null && !applicationId.equals(awaited)) {
            awaited = applicationId;
            LOGGER.info("The rebuild begins when no instance counts {} any more", applicationId);
        }
        return last;
    }
}
