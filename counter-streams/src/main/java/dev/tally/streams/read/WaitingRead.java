package dev.tally.streams.read;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.NotReady;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.serving.CounterView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One waiting read. It waits until its target is applied (and written out, if it reads the written state), and then, if the query
 * requires it, until the state that it read is committed. It continues on the single thread of the waits when it is woken or
 * times out. Until then it is only a queue entry.
 */
final class WaitingRead<T> {
    /** An acknowledged event is normally applied much sooner; a read that still waits may have a receipt of another log. */
    private static final long LOOK_AHEAD_MILLIS = 100;

    private static final long LOOK_COMMITTED_MILLIS = 20;
    /** Minimum wait until applied records are written out, which takes milliseconds, even if the query does not wait. */
    private static final Duration WRITTEN_WAIT_MIN = Duration.ofSeconds(1);

    private final StreamsRuntime runtime;
    private final ScheduledExecutorService waits;
    private final PartitionRead<T> read;
    private final ReadQuery query;
    private final long deadlineNanos;
    private final CompletableFuture<ReadResult<T>> result = new CompletableFuture<>();
    private final @Nullable Receipt target;

    WaitingRead(
            StreamsRuntime runtime,
            ScheduledExecutorService waits,
            PartitionRead<T> read,
            ReadQuery query,
            @Nullable Receipt target) {
        this.runtime = runtime;
        this.waits = waits;
        this.read = read;
        this.query = query;
        this.target = target;
        this.deadlineNanos = System.nanoTime() + query.waitMax().toNanos();
    }

    /** Completes within the maximum wait of the query, or slightly later if it requires a request to Kafka. */
    CompletableFuture<ReadResult<T>> result() {
        return result;
    }

    /** Ends the wait without a result. Any thread. */
    void stop() {
        finish(new NotReady<>("this instance is stopping"));
    }

    /** @param view the view of the partition */
    void start(CounterView view) {
        Receipt until = target;
        if (until == null || read.position(view).offset() >= until.offset()) {
            read(view);
            return;
        }
        CounterView.Waiting entry = read.await(view, until.offset(), () -> later(() -> read(view), Duration.ZERO));
        var unused = result.whenComplete((done, failure) -> entry.cancel());
        if (isApplied(until, view)) {
            unlessDone(() -> endWait(until, view), longer(left(), WRITTEN_WAIT_MIN));
        } else {
            unlessDone(
                    () -> lookAhead(until, view),
                    Duration.ofMillis(
                            Math.min(LOOK_AHEAD_MILLIS, query.waitMax().toMillis())));
        }
    }

    private static boolean isApplied(Receipt until, CounterView view) {
        return view.position().offset() >= until.offset();
    }

    /** Ends the read if its receipt is past the end of the log. The end is requested after the receipt was issued. */
    private void lookAhead(Receipt until, CounterView view) {
        if (result.isDone()) {
            return;
        }
        var unused = runtime.logEnds().whenComplete((ends, failure) -> {
            int partition = read.partition();
            if (ends != null && ends[partition] <= until.offset()) {
                String detail = until + " is past the end of the log (expected: a receipt before " + partition + "-"
                        + ends[partition] + ")";
                finish(new NotReached<>(Why.AHEAD, detail));
            } else {
                unlessDone(() -> endWait(until, view), left());
            }
        });
    }

    private void read(CounterView view) {
        if (result.isDone()) {
            return;
        }
        var unused = LocalReader.reflecting(target, read).whenComplete((done, failure) -> {
            AsOf asOf = done == null ? null : done.statedAsOf();
            if (failure != null) {
                finish(new NotReady<>("the state could not be read: " + failure.getMessage()));
            } else if (asOf == null || !query.committed()) {
                finish(done);
            } else {
                awaitCommit(view, done, asOf);
            }
        });
    }

    private void awaitCommit(CounterView view, ReadResult<T> done, AsOf asOf) {
        Receipt receipt = asOf.receipt();
        if (receipt == null || result.isDone()) {
            finish(done);
            return;
        }
        var unused = runtime.committedOffsets().whenComplete((committed, failure) -> {
            if (committed != null && committed[read.partition()] > receipt.offset()) {
                finish(done);
            } else if (left().isZero()) {
                giveUp(receipt + " is counted but not committed yet");
            } else {
                view.awaitCommit();
                later(() -> awaitCommit(view, done, asOf), Duration.ofMillis(LOOK_COMMITTED_MILLIS));
            }
        });
    }

    private void endWait(Receipt until, CounterView view) {
        if (isApplied(until, view)) {
            finish(new NotReady<>(until + " is counted, but the state was not flushed in time"));
        } else {
            giveUp(until + " is not counted yet");
        }
    }

    private void giveUp(String detail) {
        finish(new NotReached<>(Why.NOT_YET, detail));
    }

    private void finish(ReadResult<T> done) {
        result.complete(done);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /** Schedules a step that is cancelled when there is a result. For long delays, so that the step is not retained. */
    private void unlessDone(Runnable step, Duration delay) {
        ScheduledFuture<?> scheduled = schedule(step, delay);
        if (scheduled != null) {
            var unused = result.whenComplete((done, failure) -> scheduled.cancel(false));
        }
    }

    private void later(Runnable step, Duration delay) {
        var unused = schedule(step, delay);
    }

    /** Null if the executor is shut down; the read has then ended. */
    private @Nullable ScheduledFuture<?> schedule(Runnable step, Duration delay) {
        try {
            return waits.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            stop();
            return null;
        }
    }
}
