package dev.tally.streams.read;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.CounterView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One read that waits: until its target is applied, and written out if that is what it reads; then perhaps until what it read
 * is committed. It goes on when it is woken or its time is over, on the one thread of the waits; in between it is an entry in
 * a queue.
 */
final class WaitingRead<R> {
    /** An event that was acknowledged is applied long before; who is still here may hold a receipt of another log. */
    private static final long LOOK_AHEAD_MILLIS = 100;

    private static final long LOOK_COMMITTED_MILLIS = 20;
    /** To write out what is applied takes milliseconds, also for a read that is not to wait for an event. */
    private static final Duration WRITTEN_WAIT_MIN = Duration.ofSeconds(1);

    private final StreamsRuntime runtime;
    private final ScheduledExecutorService waits;
    private final PartitionRead<R> read;
    private final ReadQuery query;
    private final long deadlineNanos;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final @Nullable Receipt target;

    WaitingRead(
            StreamsRuntime runtime,
            ScheduledExecutorService waits,
            PartitionRead<R> read,
            ReadQuery query,
            @Nullable Receipt target) {
        this.runtime = runtime;
        this.waits = waits;
        this.read = read;
        this.query = query;
        this.target = target;
        this.deadlineNanos = System.nanoTime() + query.waitMax().toNanos();
    }

    /** Completed in the time that the query gives, and a little more if Kafka has to be asked. */
    CompletableFuture<R> result() {
        return result;
    }

    /** Ends it without what it waits for. Any thread. */
    void stop() {
        finish(read.without(new ReadResult.NotReady("this instance is stopping")));
    }

    /** @param view of the partition */
    void start(CounterView view) {
        Receipt until = target;
        if (until == null || read.position(view).offset() >= until.offset()) {
            read(view);
            return;
        }
        CounterView.Waiting entry = read.await(view, until.offset(), () -> later(() -> read(view), Duration.ZERO));
        var unused = result.whenComplete((done, failure) -> entry.giveUp());
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

    /** A receipt past the end of the log is nothing to wait for. The end is asked for after the receipt was given. */
    private void lookAhead(Receipt until, CounterView view) {
        if (result.isDone()) {
            return;
        }
        var unused = runtime.logEnds().whenComplete((ends, failure) -> {
            int partition = read.partition();
            if (ends != null && ends[partition] <= until.offset()) {
                String detail = until + " is past the end of the log (expected: a receipt before " + partition + "-"
                        + ends[partition] + ")";
                finish(read.without(new NotReached(Why.AHEAD, detail)));
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
            AsOf asOf = done == null ? null : read.asOf(done);
            if (failure != null) {
                finish(read.without(new ReadResult.NotReady("the state could not be read: " + failure.getMessage())));
            } else if (asOf == null || !query.committed()) {
                finish(done);
            } else {
                awaitCommit(view, done, asOf);
            }
        });
    }

    private void awaitCommit(CounterView view, R done, AsOf asOf) {
        Receipt receipt = asOf.receipt();
        if (receipt == null || result.isDone()) {
            finish(done);
            return;
        }
        var unused = runtime.committedOffsets().whenComplete((committed, failure) -> {
            if (committed != null && committed[read.partition()] > receipt.offset()) {
                finish(done);
            } else if (left().isZero()) {
                giveUp(receipt + " is counted and not committed yet");
            } else {
                view.awaitCommit();
                later(() -> awaitCommit(view, done, asOf), Duration.ofMillis(LOOK_COMMITTED_MILLIS));
            }
        });
    }

    private void endWait(Receipt until, CounterView view) {
        if (isApplied(until, view)) {
            finish(read.without(new ReadResult.NotReady(
                    until + " is counted, and the state that this is read from was not flushed in time")));
        } else {
            giveUp(until + " is not counted yet");
        }
    }

    private void giveUp(String detail) {
        finish(read.without(new NotReached(Why.NOT_YET, detail)));
    }

    private void finish(R done) {
        result.complete(done);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /** Later, and not at all once there is a result: for what would be kept long. */
    private void unlessDone(Runnable step, Duration delay) {
        ScheduledFuture<?> scheduled = schedule(step, delay);
        if (scheduled != null) {
            var unused = result.whenComplete((done, failure) -> scheduled.cancel(false));
        }
    }

    private void later(Runnable step, Duration delay) {
        var unused = schedule(step, delay);
    }

    /** Null if nothing is done any more; the read has then ended. */
    private @Nullable ScheduledFuture<?> schedule(Runnable step, Duration delay) {
        try {
            return waits.schedule(step, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            stop();
            return null;
        }
    }
}
