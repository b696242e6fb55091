package dev.tally.standalone.cli;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.Phase;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows a change until it ends, and prints each phase and, while the log is counted, the progress. */
final class ChangeWatch {

    private static final long LOOK_MILLIS = 500;
    private static final long PROGRESS_MILLIS = 5_000;

    private final GenerationTool tool;
    private final PrintWriter err;
    private @Nullable Phase shown;
    private long progressNanos;
    private long countedBefore;
    private long countedNanos;

    /** @param err where progress is printed */
    ChangeWatch(GenerationTool tool, PrintWriter err) {
        this.tool = tool;
        this.err = err;
    }

    /** Waits for the end of the change to a generation. Returns the record then. */
    Generations await(String to) throws InterruptedException {
        while (true) {
            Generations now = tool.generations();
            Change change = now.change();
            if (change == null || !change.to().equals(to) || change.phase() == Phase.REFUSED) {
                return now;
            }
            show(change);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void show(Change change) throws InterruptedException {
        if (change.phase() != shown) {
            shown = change.phase();
            err.println(sentence(change));
            progressNanos = System.nanoTime();
        } else if (change.phase() == Phase.COUNTING
                && System.nanoTime() - progressNanos > TimeUnit.MILLISECONDS.toNanos(PROGRESS_MILLIS)) {
            progressNanos = System.nanoTime();
            progress(change.to());
        }
    }

    private static String sentence(Change change) {
        return switch (change.phase()) {
            case REQUESTED -> "Waiting for counter-streams to begin";
            case COUNTING -> counting(change);
            case HOLDING -> "Generation " + change.to() + " stops for a moment";
            case COMPARING -> "Generations " + change.from() + " and " + change.to() + " are compared";
            case STOPPING -> "Both generations stop at the same events";
            case MOVING -> "Reads move to generation " + change.to();
            case REFUSED -> "Refused";
        };
    }

    private static String counting(Change change) {
        if (change.isReplacement()) {
            return "Generation " + change.to() + " counts the log from its beginning, in place of " + change.from()
                    + ", whose state cannot be used";
        }
        return change.isCompared()
                ? "Generation " + change.to() + " catches up"
                : "Generation " + change.to() + " counts the log from its beginning";
    }

    private void progress(String generation) throws InterruptedException {
        try {
            GenerationProgress now = GenerationProgress.of(tool.admin(), generation);
            long nanos = System.nanoTime();
            String rate = "";
            if (countedNanos != 0 && now.counted() > countedBefore) {
                double aSecond = (now.counted() - countedBefore) * 1e9 / (nanos - countedNanos);
                rate = String.format(
                        Locale.ROOT,
                        ", %,.0f a second, %,.0f s left",
                        aSecond,
                        (now.events() - now.counted()) / aSecond);
            }
            countedBefore = now.counted();
            countedNanos = nanos;
            err.println("  " + now.text() + rate);
        } catch (ExecutionException e) {
            err.println("  The progress cannot be read now: " + e.getCause());
        }
    }
}
