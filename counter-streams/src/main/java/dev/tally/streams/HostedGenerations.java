package dev.tally.streams;

import dev.tally.schemas.generation.GenerationEntry;
import dev.tally.schemas.generation.Generations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The generations that this instance counts, as the record says. One thread follows the record; any thread may read which
 * generation is live here.
 */
final class HostedGenerations implements AutoCloseable {
    private final Function<GenerationEntry, HostedGeneration> starter;
    private volatile Map<String, HostedGeneration> hosted = Map.of();
    private volatile @Nullable HostedGeneration live;
    private boolean closed;

    /** @param starter creates and starts one */
    HostedGenerations(Function<GenerationEntry, HostedGeneration> starter) {
        this.starter = starter;
    }

    /** The generation that answers reads on this instance; null before the record was read. */
    @Nullable
    HostedGeneration live() {
        return live;
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
        Map<String, HostedGeneration> next = new LinkedHashMap<>();
        for (GenerationEntry entry : generations.all()) {
            HostedGeneration running = hosted.get(entry.name());
            next.put(entry.name(), running == null ? starter.apply(entry) : running);
        }
        List<HostedGeneration> gone = new ArrayList<>(hosted.values());
        gone.removeAll(next.values());
        hosted = next;
        live = next.get(generations.live());
        gone.forEach(HostedGeneration::leave);
    }

    /** Ends every wait of a reader on this instance, now and later. */
    void stopWaiting() {
        hosted.values().forEach(each -> each.reader().stopWaiting());
    }

    @Override
    public synchronized void close() {
        closed = true;
        hosted.values().forEach(HostedGeneration::close);
    }
}
