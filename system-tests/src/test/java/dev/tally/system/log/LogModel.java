package dev.tally.system.log;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What every counter was after every event of the log, by the plainest fold there is: written from the contract, sharing
 * nothing with the service's own.
 */
public final class LogModel {
    private final List<LoggedEvent> events;
    private final int partitions;
    /** By counter: the total from each offset on; empty once it is deleted. */
    private final Map<String, TreeMap<Long, OptionalLong>> histories = new HashMap<>();

    public LogModel(List<LoggedEvent> events, int partitions) {
        this.events = events;
        this.partitions = partitions;
        events.forEach(this::apply);
    }

    public List<LoggedEvent> events() {
        return events;
    }

    public int partitionOf(CounterName counter) {
        return Placement.partition(counter.key(), partitions);
    }

    /** The counter's total when its partition was applied up to that offset, empty if it did not exist then. */
    public OptionalLong totalAt(CounterName counter, long offset) {
        TreeMap<Long, OptionalLong> history = histories.get(counter.toString());
        Map.Entry<Long, OptionalLong> latest = history == null ? null : history.floorEntry(offset);
        return latest == null ? OptionalLong.empty() : latest.getValue();
    }

    /** The counter's total at the end of the log. */
    public OptionalLong total(CounterName counter) {
        return totalAt(counter, Long.MAX_VALUE);
    }

    private void apply(LoggedEvent event) {
        CounterName counter = CounterName.ofKey(event.key().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        if (event.operation() == null || counter == null || partitionOf(counter) != event.partition()) {
            return;
        }
        OptionalLong before = total(counter);
        OptionalLong after = switch (event.operation()) {
            case ADD -> sum(before, event.value());
            case SET -> OptionalLong.of(event.value());
            case DELETE -> OptionalLong.empty();
            case UNKNOWN -> before;
        };
        histories.computeIfAbsent(event.key(), key -> new TreeMap<>()).put(event.offset(), after);
    }

    /** A sum that does not fit is refused: nothing changes. */
    private static OptionalLong sum(OptionalLong before, long delta) {
        try {
            return OptionalLong.of(Math.addExact(before.orElse(0), delta));
        } catch (ArithmeticException overflow) {
            return before;
        }
    }
}
