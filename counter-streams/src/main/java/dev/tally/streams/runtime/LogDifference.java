package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import dev.tally.streams.state.log.LogMismatchException;
import java.time.Instant;

/** The error messages for a state that does not match the log: one sentence each, with the consequence and the remedy's place. */
final class LogDifference {
    private static final String PAGE = "see \"The state and the log do not fit\" in docs/operations.md";
    private static final String COUNT_AGAIN = "; count again with scripts/tally rebuild, " + PAGE;
    private static final String OTHER_LOG =
            "; restore the log from a copy, or count what it holds now with scripts/tally rebuild, " + PAGE;

    private LogDifference() {}

    static String lostEnd(int partition, long applied, long end) {
        return "The state holds " + Topics.EVENTS + " up to " + partition + "-" + applied + " but the log ends before "
                + partition + "-" + end
                + ": the log was replaced or has lost its end, so totals cannot be trusted" + OTHER_LOG;
    }

    static LogMismatchException lostEndException(int partition, long applied, long end) {
        return new LogMismatchException(lostEnd(partition, applied, end), true);
    }

    static LogMismatchException committedBeyondEnd(int partition, long committed, long end, String group) {
        return new LogMismatchException(
                "The group " + group + " has committed " + Topics.EVENTS + " up to " + partition
                        + "-" + (committed - 1) + " but the log ends before " + partition + "-" + end
                        + ": the log was replaced or has lost its end, so totals cannot be trusted" + OTHER_LOG,
                true);
    }

    static LogMismatchException otherRecord(int partition, long applied, long stored, long appendTime) {
        return new LogMismatchException(
                "The event at " + partition + "-" + applied + " of " + Topics.EVENTS
                        + " was appended at " + Instant.ofEpochMilli(appendTime) + " but the state holds one of "
                        + Instant.ofEpochMilli(stored) + replaced(),
                true);
    }

    static LogMismatchException noRecord(int partition, long applied, long stored) {
        return new LogMismatchException(
                "There is no event at " + partition + "-" + applied + " of " + Topics.EVENTS
                        + " but the state holds one of " + Instant.ofEpochMilli(stored) + replaced(),
                true);
    }

    private static String replaced() {
        return ": the log was replaced, or has lost its end and grown again, so totals cannot be trusted" + OTHER_LOG;
    }

    static LogMismatchException deletedBeforeCounted(int partition, long expected, long begin) {
        return new LogMismatchException(
                "The events " + partition + "-" + expected + " to " + partition + "-"
                        + (begin - 1) + " of " + Topics.EVENTS
                        + " were deleted before they were counted, so totals would lack them; if a snapshot reaches back,"
                        + " count again with scripts/tally rebuild; to continue without them, start with"
                        + " TALLY_STREAMS_ACCEPT_GAP=" + partition + "-" + begin + ": " + PAGE,
                false);
    }

    static LogMismatchException behindOffsets(
            int partition, long applied, long found, long committed, String group, String changelog) {
        return new LogMismatchException(
                "The group " + group + " has counted " + Topics.EVENTS + " up to " + partition
                        + "-" + (committed - 1) + " but "
                        + (applied < 0
                                ? "the state holds none of them"
                                : "the state holds them only up to " + partition + "-" + applied)
                        + ", so " + partition + "-" + found + " would never be counted: the changelog topic "
                        + changelog
                        + " has lost records" + COUNT_AGAIN,
                false);
    }

    static LogMismatchException changelogEmpty(int partition, long applied, String changelog) {
        return new LogMismatchException(
                "The state directory holds " + Topics.EVENTS + " up to " + partition + "-"
                        + applied + " but partition " + partition + " of the changelog topic " + changelog
                        + " is empty: it was deleted, and the state could not be restored from it" + COUNT_AGAIN,
                false);
    }

    static LogMismatchException changelogMissing(String changelog, String and) {
        return new LogMismatchException(
                "The changelog topic " + changelog + " does not exist but " + and
                        + ": it was deleted, and the state cannot be restored from it" + COUNT_AGAIN,
                false);
    }

    static LogMismatchException changelogPartitions(String changelog, int partitions, int expected) {
        return new LogMismatchException(
                "Topic " + changelog + " has " + partitions + " partitions (expected: " + expected + ", as "
                        + Topics.EVENTS + "), so the state cannot be restored from it" + COUNT_AGAIN,
                false);
    }
}
