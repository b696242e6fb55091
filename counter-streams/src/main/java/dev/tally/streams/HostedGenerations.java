package dev.tally.streams;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.GenerationEntry;
import dev.tally.schemas.generation.Generations;
import dev.tally.streams.change.Unusable;
import dev.tally.streams.state.store.StateParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The generations that this instance counts: those of the record whose states it can use. One thread follows the record; any thread
 * may read which generation is live here.
 */
final class HostedGenerations implements AutoCloseable {
    private static final long STOP_SECONDS_MAX = 30;

    private final Function<GenerationEntry, HostedGeneration> starter;
    private final Consumer<String> deleter;
    /** Stops those whose states cannot be used. A thread of Kafka Streams cannot stop its own. */
    private final ExecutorService stopper =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "generation-stopper"));
    /** By name, those whose states turned out to be unusable on this instance. */
    private final Map<String, Unusable> failed = new ConcurrentHashMap<>();

    private volatile Map<String, HostedGeneration> hosted = Map.of();
    private volatile @Nullable Generations recorded;
    private volatile @Nullable HostedGeneration live;
    private boolean closed;

    /**
     * @param starter creates and starts one
     * @param deleter deletes what one that does not run here has left on this machine, by name
     */
    HostedGenerations(Function<GenerationEntry, HostedGeneration> starter, Consumer<String> deleter) {
        this.starter = starter;
        this.deleter = deleter;
    }

    /** The generation that answers reads on this instance; null before the record was read, and if its state cannot be used. */
    @Nullable
    HostedGeneration live() {
        return live;
    }

    /** Why the live generation cannot be counted here; null if it can. */
    @Nullable
    Unusable unusable() {
        Generations now = recorded;
        return now == null ? null : unusable(now, now.liveEntry());
    }

    /** By name. */
    @Nullable
    HostedGeneration get(String name) {
        return hosted.get(name);
    }

    List<HostedGeneration> all() {
        return List.copyOf(hosted.values());
    }

    /** Starts and stops generations until those of the record run here. Blocks while one stops, in bounded time. */
    synchronized void follow(Generations generations) {
        if (closed) {
            return;
        }
        Set<String> dropped = names(recorded);
        dropped.removeAll(names(generations));
        recorded = generations;
        Map<String, HostedGeneration> next = new LinkedHashMap<>();
        for (GenerationEntry entry : generations.all()) {
            HostedGeneration running = hosted.get(entry.name());
            if (unusable(generations, entry) == null) {
                next.put(entry.name(), running == null ? starter.apply(entry) : running);
            }
        }
        List<HostedGeneration> gone = new ArrayList<>(hosted.values());
        gone.removeAll(next.values());
        run(next);
        gone.forEach(each -> each.leave(dropped.remove(each.name())));
        dropped.forEach(deleter);
    }

    private static Set<String> names(@Nullable Generations generations) {
        Set<String> names = new HashSet<>();
        if (generations != null) {
            generations.all().forEach(entry -> names.add(entry.name()));
        }
        return names;
    }

    private void run(Map<String, HostedGeneration> next) {
        Generations now = recorded;
        next.keySet().removeAll(failed.keySet());
        hosted = next;
        live = now == null ? null : next.get(now.live());
    }

    private @Nullable Unusable unusable(Generations generations, GenerationEntry entry) {
        String why = entry.unusable();
        if (why != null) {
            Change change = generations.isChanging() ? generations.change() : null;
            return new Unusable(
                    change != null && change.isReplacement()
                            ? "Generation " + change.to() + " is counted in place of " + entry.name() + ". " + why
                            : why,
                    false);
        }
        if (entry.format() != StateParameters.FORMAT) {
            return new Unusable(
                    "The state of generation " + entry.name() + " has format " + entry.format()
                            + ", and this version counts with format " + StateParameters.FORMAT
                            + ": stop every counter-streams of the other version and count again with scripts/tally rebuild, or"
                            + " go back to it",
                    false);
        }
        return failed.get(entry.name());
    }

    /** The state of a generation that runs here, or is about to, cannot be used. Stops it; returns at once. */
    void fail(HostedGeneration generation, Unusable why) {
        failed.put(generation.name(), why);
        if (live == generation) {
            live = null;
        }
        stopper.execute(() -> {
            synchronized (this) {
                run(new LinkedHashMap<>(hosted));
            }
            generation.leave(false);
        });
    }

    /** Ends every wait of a reader on this instance, now and later. */
    void stopWaiting() {
        hosted.values().forEach(each -> each.reader().stopWaiting());
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        hosted.values().forEach(HostedGeneration::close);
        stopper.shutdown();
        try {
            var unused = stopper.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
