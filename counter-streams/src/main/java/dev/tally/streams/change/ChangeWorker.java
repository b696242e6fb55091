package dev.tally.streams.change;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.ChangeRefusedException;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.Phase;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.streams.generation.Board;
import dev.tally.streams.generation.BoardWriter;
import dev.tally.streams.snapshot.Beginnings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does this instance's part of a change of the live generation, on a thread of its own: it waits until there is one, and then looks
 * several times a second what is to be done. {@link #look} is for the thread that follows the record.
 */
public final class ChangeWorker implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChangeWorker.class);
    private static final long STEP_MILLIS = 50;
    private static final long STOP_MILLIS_MAX = 10_000;

    private final int partitions;
    private final BoardWriter writer;
    private final Function<String, @Nullable Side> sides;
    private final Coordinator coordinator;
    private final Participant participant;
    private final Thread thread = new Thread(this::run, "generation-change");
    /** Why a generation stopped on this instance, by name. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    private final Semaphore told = new Semaphore(0);
    private volatile Board board = Board.EMPTY;
    private volatile boolean closed;

    /**
     * @param sides a generation that runs here, by name; null for another
     * @param beginnings prepare a generation before it is created
     * @param replacement begins a rebuild whose live generation cannot be counted
     */
    public ChangeWorker(
            int partitions,
            BoardWriter writer,
            Function<String, @Nullable Side> sides,
            Beginnings beginnings,
            Replacement replacement) {
        this.partitions = partitions;
        this.writer = writer;
        this.sides = sides;
        this.coordinator = new Coordinator(partitions, beginnings, replacement);
        this.participant = new Participant(partitions);
    }

    /**
     * Sets limits and feeds as the record demands, before any event is processed under it.
     *
     * @param side a generation that runs here, or is about to start
     */
    public void prepare(Board now, Side side) {
        Generations generations = now.generations();
        if (generations == null) {
            return;
        }
        Change change = generations.change();
        Map<Integer, Long> limits = Map.of();
        if (change != null && change.from().equals(side.name())) {
            limits = Limits.from(change, now.notes(), partitions);
        } else if (change != null && change.to().equals(side.name())) {
            limits = Limits.to(change, now.notes(), partitions);
        }
        prepareFeeds(generations, change, side);
        if (!side.limit().limits().equals(limits)) {
            side.limit().set(limits);
        }
    }

    private static void prepareFeeds(Generations generations, @Nullable Change change, Side side) {
        if (generations.live().equals(side.name())) {
            if (generations.liveAfter().isEmpty()) {
                side.feeds().set(true);
            } else {
                side.feeds().setAfter(generations.liveAfter());
            }
        } else if (change != null && change.isReplacement() && change.to().equals(side.name())) {
            side.feeds().setAfter(change.feedsAfter());
        } else {
            side.feeds().set(false);
        }
    }

    /** Tells that a generation has failed on this instance. A change to it is refused. */
    public void failed(String generation, String why) {
        failures.put(generation, why);
    }

    /** Tells of the record and the notes as they are now. Called on one thread. */
    public void look(Board now) {
        boolean isFirst = thread.getState() == Thread.State.NEW;
        board = now;
        told.release();
        if (isFirst && !closed) {
            thread.start();
        }
    }

    private void run() {
        try {
            while (!closed) {
                if (isChanging(board)) {
                    var unused = told.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    told.acquire();
                }
                var unused = told.drainPermits();
                Board now = board;
                if (!closed && isChanging(now)) {
                    step(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static boolean isChanging(Board now) {
        Generations generations = now.generations();
        return generations != null && generations.isChanging();
    }

    private void step(Board now) {
        Generations generations = now.generations();
        Change change = generations == null ? null : generations.change();
        if (generations == null || change == null) {
            return;
        }
        try {
            Side from = sides.apply(change.from());
            Side to = sides.apply(change.to());
            boolean isMoved = generations.live().equals(change.to());
            Map<String, @Nullable String> notes = participant.step(change, now.notes(), from, to, isMoved);
            if (!notes.isEmpty()) {
                writer.post(notes);
            }
            String failure = failure(change);
            boolean isFromGone = failures.containsKey(change.from());
            UnaryOperator<Generations> next = failure == null
                    ? coordinator.next(now, sides.apply(generations.live()), from, to, isFromGone)
                    : current -> refused(current, failure);
            if (next != null) {
                make(generations, next);
            }
        } catch (TopicsUnavailableException | ChangeRefusedException e) {
            LOGGER.warn(
                    "A step of the change to generation {} was not made: {} (retrying)", change.to(), e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.error("A step of the change to generation {} failed (retrying)", change.to(), e);
        }
    }

    /**
     * Why the change cannot go on, because one of its generations has stopped on this instance; null if it can. Once the new one is
     * live it has to go on.
     */
    private @Nullable String failure(Change change) {
        if (change.phase() == Phase.MOVING) {
            return null;
        }
        String ofNew = failures.get(change.to());
        if (ofNew != null) {
            return change.to() + " stopped: " + ofNew;
        }
        boolean needsOld =
                change.kind() == Change.Kind.ROLLBACK || (change.phase() != Phase.REQUESTED && !change.isReplacement());
        String ofOld = needsOld ? failures.get(change.from()) : null;
        return ofOld == null ? null : change.from() + " stopped: " + ofOld;
    }

    private void make(Generations seen, UnaryOperator<Generations> step) {
        Generations after = writer.change(now -> {
            if (!seen.equals(now)) {
                throw new ChangeRefusedException("the record was changed in the meantime");
            }
            return step.apply(seen);
        });
        Change change = after.change();
        LOGGER.info(
                "Generation {} is live; {}",
                after.live(),
                change == null
                        ? "no change is in progress"
                        : change.kind().name().toLowerCase(Locale.ROOT) + " from " + change.from() + " to "
                                + change.to() + " is " + change.phase().text());
        awaitFollowed(after);
    }

    private static Generations refused(Generations current, String why) {
        Change change = current.change();
        return change != null && change.phase() == Phase.STOPPING
                ? current.again().refused(why, List.of())
                : current.refused(why, List.of());
    }

    /** The follower is a moment behind the writer. */
    private void awaitFollowed(Generations written) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS_MAX);
        try {
            while (!closed && !written.equals(board.generations()) && System.nanoTime() < deadline) {
                var unused = told.tryAcquire(STEP_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        told.release();
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
