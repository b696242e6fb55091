package dev.tally.system.log;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The state of every counter after every event of the log, computed by the simplest possible counting. It is written from
 * the contract and shares no code with the counting of the service.
 */
public final class LogModel {
    private final List<LoggedEvent> events;
    private final int partitions;
    /** By counter: the total from each offset on; empty once it is deleted. */
    private final Map<String, TreeMap<Long, OptionalLong>> histories = new HashMap<>();
    /** By partition: the stream time. */
    private final Map<Integer, Long> streamTimes = new HashMap<>();
    /** By counter and ID: the event that applied the ID. */
    private final Map<String, AppliedId> ids = new HashMap<>();
    /** By the receipt of an event that reused an ID: the event that applied the ID. */
    private final Map<String, LoggedEvent> reused = new HashMap<>();
    /** By receipt. */
    private final Map<String, EventOutcome> outcomes = new HashMap<>();

    private final Map<String, List<LoggedEvent>> byCounter = new HashMap<>();
    private final long windowMillis;

    /** The outcome of an event. */
    public enum EventOutcome {
        APPLIED,
        DUPLICATE,
        ID_REUSED,
        OVERFLOW,
        NO_EVENT
    }

    private record AppliedId(long streamTime, LoggedEvent by) {}

    public LogModel(List<LoggedEvent> events, int partitions) {
        this(events, partitions, Duration.ofHours(24));
    }

    /** @param window the time for which IDs are remembered */
    public LogModel(List<LoggedEvent> events, int partitions, Duration window) {
        this.events = events;
        this.partitions = partitions;
        this.windowMillis = window.toMillis();
        for (LoggedEvent event : events) {
            outcomes.put(event.receipt(), apply(event));
            byCounter.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event);
        }
    }

    public List<LoggedEvent> events() {
        return events;
    }

    public int partitions() {
        return partitions;
    }

    public List<Integer> allPartitions() {
        return IntStream.range(0, partitions).boxed().toList();
    }

    public int partitionOf(CounterName counter) {
        return Placement.partition(counter.key(), partitions);
    }

    /** The counter's total when its partition was applied up to that offset; empty if it did not exist then. */
    public OptionalLong totalAt(CounterName counter, long offset) {
        TreeMap<Long, OptionalLong> history = histories.get(counter.toString());
        Map.Entry<Long, OptionalLong> latest = history == null ? null : history.floorEntry(offset);
        return latest == null ? OptionalLong.empty() : latest.getValue();
    }

    /** The counter's total at the end of the log. */
    public OptionalLong total(CounterName counter) {
        return totalAt(counter, Long.MAX_VALUE);
    }

    /** The counter when its partition was applied up to that offset, and how it was reached. */
    public CounterPast past(CounterName counter, long offset) {
        return CounterPast.upTo(offset, byCounter.getOrDefault(counter.toString(), List.of()), this);
    }

    /** The outcome of the event at a receipt; {@code NO_EVENT} if there is no valid event. */
    public EventOutcome outcome(String receipt) {
        return outcomes.getOrDefault(receipt, EventOutcome.NO_EVENT);
    }

    /** The event that first applied the ID that the event at this receipt reused; null if this event reused none. */
    public @Nullable LoggedEvent reusedFrom(String receipt) {
        return reused.get(receipt);
    }

    private EventOutcome apply(LoggedEvent event) {
        long streamTime = streamTimes.merge(event.partition(), event.appendTime(), Math::max);
        CounterName counter = CounterName.ofKey(event.key().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (event.operation() == null
                || counter == null
                || partitionOf(counter) != event.partition()
                || !event.isWithinLimits()) {
            return EventOutcome.NO_EVENT;
        }
        String id = event.id() == null ? null : event.key() + "\0" + event.id();
        AppliedId applied = id == null ? null : ids.get(id);
        if (applied != null && streamTime - applied.streamTime() <= windowMillis) {
            if (event.content().equals(applied.by().content())) {
                return EventOutcome.DUPLICATE;
            }
            reused.put(event.receipt(), applied.by());
            return EventOutcome.ID_REUSED;
        }
        OptionalLong before = total(counter);
        OptionalLong after = switch (event.operation()) {
            case ADD -> sum(before, event.value());
            case SET -> OptionalLong.of(event.value());
            case DELETE -> OptionalLong.empty();
            case UNKNOWN -> OptionalLong.empty();
        };
        if (event.operation() == Operation.ADD && after.isEmpty()) {
            return EventOutcome.OVERFLOW;
        }
        histories.computeIfAbsent(event.key(), key -> new TreeMap<>()).put(event.offset(), after);
        if (id != null) {
            ids.put(id, new AppliedId(streamTime, event));
        }
        return EventOutcome.APPLIED;
    }

    /** The sum; empty on overflow, in which case the event is rejected and the total does not change. */
    private static OptionalLong sum(OptionalLong before, long delta) {
        try {
            return OptionalLong.of(Math.addExact(before.orElse(0), delta));
        } catch (ArithmeticException overflow) {
            return OptionalLong.empty();
        }
    }
}
