package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaAnswer;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The partitions whose next event cannot be decoded before the schema registry says how. Written by stream threads, read by
 * any. A wait that is over in a moment, as for the first event of a new schema, is none.
 */
final class Stalls {
    private static final long MOMENT_NANOS = Duration.ofSeconds(1).toNanos();

    private final IntFunction<SchemaAnswer> schemas;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<Integer, Stall> byPartition = new ConcurrentHashMap<>();

    Stalls(IntFunction<SchemaAnswer> schemas, LongSupplier nanoTime) {
        this.schemas = schemas;
        this.nanoTime = nanoTime;
    }

    /** The event at this place waits; said again as long as it does. */
    void waits(int partition, long offset, int schemaId) {
        byPartition.computeIfAbsent(partition, same -> new Stall(offset, schemaId, nanoTime.getAsLong()));
    }

    void over(int partition) {
        byPartition.remove(partition);
    }

    /** Forgets all of them: who still waits says so again. */
    void clear() {
        byPartition.clear();
    }

    int count() {
        return (int) byPartition.values().stream().filter(this::isLong).count();
    }

    /** Why a partition stands still, in a few words for people; null if it does not. */
    @Nullable
    String of(int partition) {
        Stall stall = byPartition.get(partition);
        return stall == null || !isLong(stall) ? null : sentence(partition, stall);
    }

    /** Why some partition stands still; null if none does. */
    @Nullable
    String any() {
        return new TreeMap<>(byPartition)
                .keySet().stream()
                        .map(this::of)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private boolean isLong(Stall stall) {
        return nanoTime.getAsLong() - stall.sinceNanos > MOMENT_NANOS;
    }

    private String sentence(int partition, Stall stall) {
        SchemaAnswer answer = schemas.apply(stall.schemaId);
        String problem = answer instanceof SchemaAnswer.Open open ? open.problem() : null;
        return "the event at " + partition + "-" + stall.offset + " waits for schema " + stall.schemaId
                + (problem == null ? "" : ": " + problem);
    }

    private record Stall(long offset, int schemaId, long sinceNanos) {}
}
