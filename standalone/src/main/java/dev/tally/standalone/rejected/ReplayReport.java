package dev.tally.standalone.rejected;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The outcome of a replay, or what one would do, by reason. For one thread. */
public final class ReplayReport {
    private final Map<String, ReasonCounts> byReason = new TreeMap<>();
    private @Nullable Exception failure;

    ReasonCounts of(RejectedEvent event) {
        return byReason.computeIfAbsent(event.reason(), reason -> new ReasonCounts());
    }

    void fail(@Nullable Exception why) {
        failure = why;
    }

    /** Why not all events that were to be appended are appended; null if they are. */
    public @Nullable Exception failure() {
        return failure;
    }

    /** The number of events that are to be appended. */
    public long due() {
        return sum(ReasonCounts::dueCount);
    }

    /** The number of events that all in-sync replicas have. */
    public long appended() {
        return sum(ReasonCounts::appendedCount);
    }

    /** The number of events that stay in the dead-letter topic. */
    public long left() {
        return sum(ReasonCounts::leftCount);
    }

    /**
     * A line for each reason, each followed by the events that are left; empty if no event matches.
     *
     * @param isPlan whether to show what is to be appended instead of what is
     */
    public List<String> lines(boolean isPlan) {
        return byReason.entrySet().stream()
                .flatMap(entry -> entry.getValue().lines(entry.getKey(), isPlan).stream())
                .toList();
    }

    private long sum(ToLongFunction<ReasonCounts> count) {
        return byReason.values().stream().mapToLong(count).sum();
    }
}
