package dev.tally.streams;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.Phase;
import dev.tally.streams.runtime.CountedRecords;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the generation that is to become live has counted the partitions that it serves on this instance. Asks nothing of Kafka.
 * Thread-safe.
 */
final class RebuildProgress {
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Function<String, @Nullable CountedRecords> counts;
    private final LongSupplier nanoTime;
    private @Nullable Change change;
    private @Nullable Sample last;
    private double rate;

    /** @param counts what a generation has counted here, by name; null while it is unknown */
    RebuildProgress(Function<String, @Nullable CountedRecords> counts, LongSupplier nanoTime) {
        this.counts = counts;
        this.nanoTime = nanoTime;
    }

    /** Called each time that the record is followed. */
    synchronized void follow(Generations now) {
        Change next = now.isChanging() ? now.change() : null;
        Change before = change;
        if (before == null || next == null || !before.to().equals(next.to())) {
            last = null;
            rate = 0;
        }
        change = next;
    }

    /** 1 in this phase of a rebuild or rollback, else 0. */
    synchronized double in(Phase phase) {
        Change now = change;
        return now != null && now.phase() == phase ? 1 : 0;
    }

    /** Records counted; NaN while it is unknown, 0 without a change. */
    double counted() {
        return of(CountedRecords::counted);
    }

    /** Records of the log; NaN while it is unknown, 0 without a change. */
    double log() {
        return of(CountedRecords::log);
    }

    private synchronized double of(Function<CountedRecords, Long> number) {
        Change now = change;
        if (now == null) {
            return 0;
        }
        CountedRecords counted = counts.apply(now.to());
        return counted == null ? Double.NaN : number.apply(counted);
    }

    /** A phrase, as {@code generation g2: counting, 1234567 of 2000000 events, 310000/s, 3 s left}. */
    synchronized String text() {
        Change now = change;
        if (now == null) {
            return "no rebuild is in progress";
        }
        String phase = "generation " + now.to() + ": " + now.phase().text();
        CountedRecords counted = counts.apply(now.to());
        if (counted == null) {
            return phase;
        }
        String text = phase + ", " + counted.counted() + " of " + counted.log() + " events";
        measure(counted.counted());
        return now.phase() == Phase.COUNTING && rate > 0
                ? text + String.format(Locale.ROOT, ", %.0f/s, %.0f s left", rate, Math.ceil(counted.lag() / rate))
                : text;
    }

    /** The rate is that between two looks at least a second apart. */
    private void measure(long counted) {
        long now = nanoTime.getAsLong();
        Sample before = last;
        if (before == null) {
            last = new Sample(now, counted);
        } else if (now - before.nanos >= NANOS_A_SECOND) {
            rate = (counted - before.counted) * NANOS_A_SECOND / (now - before.nanos);
            last = new Sample(now, counted);
        }
    }

    private record Sample(long nanos, long counted) {}
}
