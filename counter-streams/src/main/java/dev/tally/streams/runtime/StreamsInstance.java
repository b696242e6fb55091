package dev.tally.streams.runtime;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka Streams on this instance, with the clients that belong to it, and what it last learned of its group and of
 * the log. One thread calls {@link #refresh}; all other methods are thread-safe.
 */
final class StreamsInstance {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamsInstance.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final RuntimeOptions options;
    private final KafkaStreams streams;
    private final Admin admin;
    private final Heartbeats heartbeats;
    private final PollLimit limit;
    private final LogEnd logEnd;
    private final Offsets offsets;
    private volatile Owners owners = Owners.NONE;

    /**
     * @param heartbeats of the consumers that {@code streams} creates
     * @param limit of their polls
     */
    StreamsInstance(RuntimeOptions options, KafkaStreams streams, Admin admin, Heartbeats heartbeats, PollLimit limit) {
        this.options = options;
        this.streams = streams;
        this.admin = admin;
        this.heartbeats = heartbeats;
        this.limit = limit;
        this.logEnd = new LogEnd(admin, options.partitions());
        this.offsets = new Offsets(admin, options.applicationId(), options.partitions());
    }

    KafkaStreams streams() {
        return streams;
    }

    /** Called with each new state of Kafka Streams. */
    void changedTo(KafkaStreams.State state) {
        limit.ready(state == KafkaStreams.State.RUNNING);
    }

    int partitions() {
        return options.partitions();
    }

    /** Whether the group coordinator responded recently. */
    boolean isMember() {
        return heartbeats.isFresh();
    }

    LogEnd.@Nullable Ends logEnd() {
        return logEnd.latest();
    }

    Offsets offsets() {
        return offsets;
    }

    Owners owners() {
        return owners;
    }

    /**
     * Updates what is known of the group and the log. Does not wait.
     *
     * @param applied by partition, the current applied offset; -1 where it is unknown
     * @param whenShorter called with one sentence if the log ends before the applied offset
     */
    void refresh(long[] applied, Consumer<String> whenShorter) {
        heartbeats.refresh();
        logEnd.refresh(applied, whenShorter);
        owners = Owners.of(streams.metadataForAllStreamsClients(), options.endpoint());
    }

    /**
     * Closes it in bounded time.
     *
     * @param leavesGroup whether it also leaves the group; otherwise the static membership is kept
     * @param deletesState whether it also deletes its state on this machine
     */
    void close(boolean leavesGroup, boolean deletesState) {
        CloseOptions how = leavesGroup
                ? CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(CLOSE_TIMEOUT)
                : CloseOptions.timeout(CLOSE_TIMEOUT);
        if (!streams.close(how)) {
            LOGGER.warn(
                    "Kafka Streams did not stop within {}; the state will be restored from its changelog",
                    CLOSE_TIMEOUT);
        }
        if (deletesState) {
            LocalState.delete(options.stateDir(), options.applicationId());
        }
        admin.close(Duration.ZERO);
    }
}
