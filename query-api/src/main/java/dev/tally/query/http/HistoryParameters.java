package dev.tally.query.http;

import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Step;
import dev.tally.service.http.json.Rfc3339;
import dev.tally.service.http.json.UtcTime;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.target.QueryParameters;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of a history that a client asks for.
 *
 * @param range in whole buckets
 * @param from as the client wrote it; null if the client did not give it
 */
record HistoryParameters(HistoryRange range, @Nullable String from) {
    static final String[] NAMES = {"step", "from", "to"};

    private static final String STEPS = "minute, hour or day";
    /** Earlier times have no text that a client could send back. */
    private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant YEAR_9999_END = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final String YEARS = "a time whose bucket lies in the years 0000 to 9999, UTC";

    /**
     * @param now the time whose bucket ends the history if the client gives no end
     * @throws ProblemException {@code invalid_parameter}
     */
    static HistoryParameters of(QueryParameters query, Instant now) {
        Step step = step(query.get("step"));
        String from = query.get("from");
        String to = query.get("to");
        long toBucket = to == null ? step.bucket(now.toEpochMilli()) + 1 : bucketAfter(step, to);
        long toMillis = to == null ? step.start(toBucket).toEpochMilli() : millis("to", to);
        if (from == null) {
            long first = Math.max(toBucket - bucketsByDefault(step), step.bucket(YEAR_0.toEpochMilli()));
            return new HistoryParameters(new HistoryRange(step, first, toBucket), null);
        }
        long fromMillis = millis("from", from);
        long fromBucket = step.bucket(fromMillis);
        if (fromMillis < YEAR_0.toEpochMilli()) {
            throw InvalidParameter.of("from", from, YEARS);
        } else if (fromMillis >= toMillis) {
            throw InvalidParameter.of("from", from, "before to, " + UtcTime.format(toMillis));
        } else if (toBucket - fromBucket > HistoryRange.BUCKETS_MAX) {
            throw InvalidParameter.of(
                    "from",
                    from,
                    "at most " + HistoryRange.BUCKETS_MAX + " buckets of one " + step.word() + " before to, "
                            + text(step, toBucket));
        }
        return new HistoryParameters(new HistoryRange(step, fromBucket, toBucket), from);
    }

    int buckets() {
        return (int) (range.to() - range.from());
    }

    /**
     * The first bucket of the answer. A bucket that is no longer retained is not zero. A request that names such a
     * bucket as its start is refused; a request without a start gets the buckets that are retained.
     *
     * @param earliest the first bucket that is retained; null if no bucket of this step is
     * @throws ProblemException {@code invalid_parameter}
     */
    long first(@Nullable Long earliest) {
        Step step = range.step();
        if (earliest == null) {
            throw InvalidParameter.of("step", step.word(), "a step whose retention is not 0s");
        } else if (range.from() >= earliest) {
            return range.from();
        } else if (from != null) {
            throw InvalidParameter.of("from", from, text(step, earliest) + " or later: " + keptFrom(step));
        } else if (range.to() <= earliest) {
            throw InvalidParameter.of(
                    "to", text(step, range.to()), "after " + text(step, earliest) + ": " + keptFrom(step));
        }
        return earliest;
    }

    private static String keptFrom(Step step) {
        return "buckets of one " + step.word() + " are kept from that time on";
    }

    static String text(Step step, long bucket) {
        return UtcTime.format(step.start(bucket).toEpochMilli());
    }

    private static Step step(@Nullable String word) {
        if (word == null) {
            return Step.HOUR;
        }
        Step step = Step.ofWord(word);
        if (step == null) {
            throw InvalidParameter.of("step", word, STEPS);
        }
        return step;
    }

    private static long bucketsByDefault(Step step) {
        return switch (step) {
            case MINUTE -> 60;
            case HOUR -> 24;
            case DAY -> 30;
        };
    }

    /** The bucket that begins at this time, or the next one after it. */
    private static long bucketAfter(Step step, String to) {
        long bucket = step.bucket(millis("to", to) - 1) + 1;
        boolean hasText =
                bucket > step.bucket(YEAR_0.toEpochMilli()) && bucket <= step.bucket(YEAR_9999_END.toEpochMilli());
        if (!hasText) {
            throw InvalidParameter.of("to", to, YEARS);
        }
        return bucket;
    }

    private static long millis(String name, String text) {
        long millis = Rfc3339.parse(text);
        if (millis == Rfc3339.NONE) {
            throw InvalidParameter.of(name, text, Rfc3339.EXPECTED);
        }
        return millis;
    }
}
