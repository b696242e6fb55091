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
 * The stalled partitions, whose next event cannot be decoded until the schema registry returns its schema. Stream threads write,
 * any thread may read. A wait of up to one second, as for the first event of a new schema, is not a stall.
 */
final class StalledPartitions {
    private static final long MOMENT_NANOS = Duration.ofSeconds(1).toNanos();

    private final IntFunction<SchemaAnswer> schemas;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<Integer, Stall> byPartition = new ConcurrentHashMap<>();

    StalledPartitions(IntFunction<SchemaAnswer> schemas, LongSupplier nanoTime) {
        this.schemas = schemas;
        this.nanoTime = nanoTime;
    }

    /** The event at this offset waits. Called repeatedly while it waits. */
    void waits(int partition, long offset, int schemaId) {
        byPartition.computeIfAbsent(partition, same -> new Stall(offset, schemaId, nanoTime.getAsLong()));
    }

    void over(int partition) {
        byPartition.remove(partition);
    }

    /** Clears all stalls. Partitions that still wait are registered again. */
    void clear() {
        byPartition.clear();
    }

    int count() {
        return (int) byPartition.values().stream().filter(this::isLong).count();
    }

    /** A short readable reason why a partition is stalled; null if it is not. */
    @Nullable
    String of(int partition) {
        Stall stall = byPartition.get(partition);
        return stall == null || !isLong(stall) ? null : sentence(partition, stall);
    }

    /** The reason why the first stalled partition is stalled; null if none is. */
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
        String problem = answer instanceof SchemaAnswer.Pending pending ? pending.problem() : null;
        return "the event at " + partition + "-" + stall.offset + " waits for schema " + stall.schemaId
                + (problem == null ? "" : ": " + problem);
    }

    private record Stall(long offset, int schemaId, long sinceNanos) {}
}
