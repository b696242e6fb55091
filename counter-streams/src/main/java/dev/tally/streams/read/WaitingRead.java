package dev.tally.streams.read;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.Receipt;
import dev.tally.streams.state.CounterView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One read that waits: until its receipt is applied, then perhaps until what it read is committed. It goes on when it is
 * woken or its time is over, on the one thread of the waits; in between it is an entry in a queue.
 */
final class WaitingRead {
    /** An event that was acknowledged is applied long before; who is still here may hold a receipt of another log. */
    private static final long LOOK_AHEAD_MILLIS = 100;

    private static final long LOOK_COMMITTED_MILLIS = 20;

    private final LocalReader reader;
    private final ScheduledExecutorService waits;
    private final CounterName counter;
    private final int partition;
    private final ReadQuery query;
    private final long deadlineNanos;
    private final CompletableFuture<ReadResult> result = new CompletableFuture<>();
    private final @Nullable Receipt target;

    WaitingRead(
            LocalReader reader,
            ScheduledExecutorService waits,
            CounterName counter,
            int partition,
            ReadQuery query,
            @Nullable Receipt target) {
        this.reader = reader;
        this.waits = waits;
        this.counter = counter;
        this.partition = partition;
        this.query = query;
        this.target = target;
        this.deadlineNanos = System.nanoTime() + query.waitMax().toNanos();
    }

    /** Completed in the time that the query gives, and a little more if Kafka has to be asked. */
    CompletableFuture<ReadResult> result() {
        return result;
    }

    /** @param view of the counter's partition */
    void start(CounterView view) {
        Receipt until = target;
        if (until == null || view.position().offset() >= until.offset()) {
            read();
            return;
        }
        CounterView.Waiting entry = view.await(until.offset(), () -> later(this::read, Duration.ZERO));
        var unused = result.whenComplete((done, failure) -> entry.giveUp());
        unlessDone(
                () -> lookAhead(until),
                Duration.ofMillis(Math.min(LOOK_AHEAD_MILLIS, query.waitMax().toMillis())));
    }

    /** A receipt past the end of the log is nothing to wait for. The end is asked for after the receipt was given. */
    private void lookAhead(Receipt until) {
        if (result.isDone()) {
            return;
        }
        var unused = reader.runtime().logEnds().whenComplete((ends, failure) -> {
            if (ends != null && ends[partition] <= until.offset()) {
                finish(new NotReached(Why.AHEAD, until + ": the log ends before " + partition + "-" + ends[partition]));
            } else {
                unlessDone(() -> giveUp(until + " is not counted yet"), left());
            }
        });
    }

    private void read() {
        if (result.isDone()) {
            return;
        }
        var unused = reader.readAfter(counter, partition, target, query.event()).whenComplete((read, failure) -> {
            AsOf asOf = read == null ? null : read.statedAsOf();
            if (failure != null) {
                finish(new ReadResult.NotReady("the state could not be read: " + failure.getMessage()));
            } else if (asOf == null || !query.committed()) {
                finish(read);
            } else {
                awaitCommit(read, asOf);
            }
        });
    }

    private void awaitCommit(ReadResult read, AsOf asOf) {
        Receipt receipt = asOf.receipt();
        if (receipt == null || result.isDone()) {
            finish(read);
            return;
        }
        var unused = reader.runtime().committedOffsets().whenComplete((committed, failure) -> {
            if (committed != null && committed[partition] > receipt.offset()) {
                finish(read);
            } else if (left().isZero()) {
                giveUp(receipt + " is counted and not committed yet");
            } else {
                later(() -> awaitCommit(read, asOf), Duration.ofMillis(LOOK_COMMITTED_MILLIS));
            }
        });
    }

    private void giveUp(String detail) {
        finish(new NotReached(Why.NOT_YET, detail));
    }

    private void finish(ReadResult read) {
        result.complete(read);
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
            finish(new ReadResult.NotReady("this instance is stopping"));
            return null;
        }
    }
}
