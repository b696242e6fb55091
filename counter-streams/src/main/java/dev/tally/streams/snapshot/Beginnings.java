package dev.tally.streams.snapshot;

import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.streams.generation.BoardReader;
import dev.tally.streams.state.store.StateParameters;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines how a new generation begins, and prepares it: from the beginning of the log, if nothing of it is deleted; from
 * snapshots, if they reach up to what is left; or not at all. Thread-safe.
 */
public final class Beginnings {
    private static final Logger LOGGER = LoggerFactory.getLogger(Beginnings.class);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final SnapshotSettings settings;
    private final StateParameters parameters;
    private final Map<Integer, Long> acceptedGaps;

    /**
     * @param parameters those of a generation that begins with the log
     * @param acceptedGaps by partition, the offset before which events may be missing
     */
    public Beginnings(SnapshotSettings settings, StateParameters parameters, Map<Integer, Long> acceptedGaps) {
        this.settings = settings;
        this.parameters = parameters;
        this.acceptedGaps = acceptedGaps;
    }

    /**
     * Prepares a generation that is not recorded yet. Blocks, for as long as the copy of a whole state takes; an interrupt ends
     * it. It can be called again if it did not end, also on another instance.
     *
     * @param next the generation to prepare
     * @throws TopicsUnavailableException if Kafka did not answer
     */
    public Beginning of(String next) {
        try (Admin client = Admin.create(settings.admin())) {
            LogBounds bounds = new LogBounds(client, settings.partitions());
            long[] begins = bounds.eventBegins();
            if (new Reach(Map.of(), begins).isWholeLog()) {
                return new Beginning.Counts(parameters.recorded());
            }
            Map<Integer, Snapshot> snapshots = bounds.snapshots(this::notes);
            Reach reach = new Reach(snapshots, begins);
            Seeding seeding = new Seeding(client, settings, Generations.applicationId(next));
            String gap = reach.gap();
            if (gap == null) {
                gap = seed(seeding, snapshots, reach, next);
            }
            return gap == null
                    ? new Beginning.Counts(parameters(snapshots).recorded())
                    : withGap(gap, reach, seeding, begins, next);
        }
    }

    /** What this instance follows may be a moment old. */
    private Map<String, String> notes() {
        try (BoardReader reader = new BoardReader(settings.clients())) {
            return reader.readToEnd(READ_TIMEOUT).notes();
        }
    }

    /** Null if it succeeded. */
    private static @Nullable String seed(Seeding seeding, Map<Integer, Snapshot> snapshots, Reach reach, String next) {
        try {
            seeding.seed(snapshots);
            LOGGER.info("Generation {} begins with snapshots, and has their parameters", next);
            return null;
        } catch (SnapshotDamagedException e) {
            seeding.deleteChangelog();
            return reach.gap(String.valueOf(e.getMessage()));
        }
    }

    private static StateParameters parameters(Map<Integer, Snapshot> snapshots) {
        return StateParameters.of(Objects.requireNonNull(snapshots.get(0)).parameters());
    }

    private Beginning withGap(String gap, Reach reach, Seeding seeding, long[] begins, String next) {
        if (!reach.isAccepted(acceptedGaps)) {
            return new Beginning.Refused(gap);
        }
        LOGGER.warn("{}. Generation {} lacks them: accepted by TALLY_STREAMS_ACCEPT_GAP", gap, next);
        seeding.skip(begins);
        return new Beginning.Counts(parameters.recorded());
    }
}
