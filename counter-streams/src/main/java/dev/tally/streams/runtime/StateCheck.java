package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.log.LogUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether a state matches the log. The record at the applied offset must be the one that was applied, and every offset
 * between the applied offset and the offset at which reading resumes must be explained. Thread-safe.
 */
final class StateCheck implements LogCheck {
    private static final Logger LOGGER = LoggerFactory.getLogger(StateCheck.class);
    /** Longer than a leader election, and shorter than {@code max.poll.interval.ms}. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /** The log start offset may move during the check, once for each segment that retention deletes. */
    private static final int TRIES_MAX = 5;

    private final LogLookup log;
    private final String group;
    private final String changelog;
    private final Map<Integer, Long> acceptedGaps;

    /** @param acceptedGaps by partition, the offset at which counting may resume although earlier events were deleted */
    StateCheck(LogLookup log, String group, String changelog, Map<Integer, Long> acceptedGaps) {
        this.log = log;
        this.group = group;
        this.changelog = changelog;
        this.acceptedGaps = acceptedGaps;
    }

    /** @param closed checked during requests to Kafka, which end when it is true */
    static StateCheck of(RuntimeOptions options, Admin admin, StreamsConfig config, BooleanSupplier closed) {
        String group = options.applicationId();
        String changelog = Changelog.topic(group);
        // The same settings as for the changelog: committed records, no group and no offset reset.
        Map<String, Object> consumer = config.getRestoreConsumerConfigs("");
        LogLookup log = new KafkaLogLookup(admin, consumer, group, changelog, TIMEOUT, closed);
        return new StateCheck(log, group, changelog, options.acceptedGaps());
    }

    @Override
    public long open(int partition, long applied, long appendTime) {
        OffsetOutOfRangeException moved = null;
        for (int i = 0; i < TRIES_MAX; i++) {
            try {
                return verify(partition, applied, appendTime, log.bounds(partition));
            } catch (OffsetOutOfRangeException e) {
                moved = e; // the record to read has just been deleted
            }
        }
        throw new LogUnavailableException(
                "The log start offset of " + Topics.EVENTS + " changed at each attempt to read from it", moved);
    }

    private long verify(int partition, long applied, long appendTime, LogLookup.Bounds bounds) {
        if (applied >= bounds.end()) {
            throw LogDifference.lostEndException(partition, applied, bounds.end());
        }
        if (bounds.committed() > bounds.end()) {
            throw LogDifference.committedBeyondEnd(partition, bounds.committed(), bounds.end(), group);
        }
        if (applied >= 0) {
            if (bounds.changelogEnd() == 0) {
                throw LogDifference.changelogEmpty(partition, applied, changelog);
            }
            if (applied >= bounds.begin()) {
                verifyApplied(partition, applied, appendTime);
            }
        }
        long expected = applied + 1;
        if (bounds.begin() > expected) {
            expected = acceptGap(partition, expected, bounds.begin());
        }
        // With an offset below the log's beginning, or without offsets, the group starts at the log's beginning.
        long resume = Math.max(bounds.committed(), bounds.begin());
        if (resume > expected) {
            LogLookup.Found found = log.first(partition, expected, resume);
            if (found != null) {
                throw LogDifference.behindOffsets(partition, applied, found.offset(), resume, group, changelog);
            }
            expected = resume;
        }
        return expected;
    }

    private void verifyApplied(int partition, long applied, long appendTime) {
        LogLookup.Found found = log.first(partition, applied, applied + 1);
        if (found == null) {
            throw LogDifference.noRecord(partition, applied, appendTime);
        }
        compare(partition, applied, appendTime, found.appendTime());
    }

    @Override
    public void explainGap(int partition, long expected, long offset) {
        // Requested after the record arrived, so the log's beginning was not higher when the earlier offsets were
        // skipped.
        long begin = log.begin(partition);
        if (begin > expected) {
            acceptGap(partition, expected, begin);
        }
    }

    @Override
    public void compare(int partition, long applied, long storedAppendTime, long appendTime) {
        if (appendTime != storedAppendTime) {
            throw LogDifference.otherRecord(partition, applied, storedAppendTime, appendTime);
        }
    }

    private long acceptGap(int partition, long expected, long begin) {
        if (!Objects.equals(acceptedGaps.get(partition), begin)) {
            throw LogDifference.deletedBeforeCounted(partition, expected, begin);
        }
        LOGGER.warn(
                "The events {}-{} to {}-{} of {} were deleted before they were counted; totals do not include them:"
                        + " accepted by TALLY_STREAMS_ACCEPT_GAP",
                partition,
                expected,
                partition,
                begin - 1,
                Topics.EVENTS);
        return begin;
    }
}
