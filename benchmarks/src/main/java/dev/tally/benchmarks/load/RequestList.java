package dev.tally.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The requests of a load, in files that wrk reads at its start.
 *
 * @param method POST or GET
 * @param paths a file of request targets, one per line
 * @param bodies files of bodies, used in rotation by the requests; empty for requests without a body
 */
public record RequestList(String method, Path paths, List<Path> bodies) {
    private static final String TARGET = "/v1/counters/" + BenchCounters.NAMESPACE + "/";

    /** Single hits, each on a skewed counter. */
    public static RequestList hits(Path directory, int counters, int requests, long seed) {
        return new RequestList(
                "POST",
                write(directory.resolve("hit-targets"), targets(counters, requests, seed)),
                List.of(write(directory.resolve("hit-body"), List.of("{\"delta\":1}"))));
    }

    /** Single reads, each of a skewed counter. */
    public static RequestList reads(Path directory, int counters, int requests, long seed) {
        return new RequestList(
                "GET", write(directory.resolve("read-targets"), targets(counters, requests, seed)), List.of());
    }

    /**
     * Single reads of the same targets.
     *
     * @param name the name of the list, unique in the directory
     */
    public static RequestList reads(Path directory, String name, List<String> targets) {
        return new RequestList("GET", write(directory.resolve(name + "-targets"), targets), List.of());
    }

    /** Batches of {@code events} events in NDJSON, each event on a skewed counter. */
    public static RequestList batches(Path directory, int counters, int events, int batches, long seed) {
        SkewedCounters skewed = new SkewedCounters(counters, seed);
        List<Path> bodies = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            bodies.add(write(
                    directory.resolve("batch-" + events + "-" + i),
                    IntStream.range(0, events)
                            .mapToObj(event -> BenchCounters.eventJson(skewed.next()))
                            .toList()));
        }
        return new RequestList("POST", write(directory.resolve("batch-target"), List.of("/v1/events")), bodies);
    }

    /** The hits of {@link #hits} for a gateway to Redis: {@code GET /INCR/key}, or another command with one key. */
    public static RequestList redis(Path directory, String command, int counters, int requests, long seed) {
        SkewedCounters skewed = new SkewedCounters(counters, seed);
        return reads(
                directory,
                "redis-" + command,
                IntStream.range(0, requests)
                        .mapToObj(request -> "/" + command + "/" + BenchCounters.redisKey(skewed.next()))
                        .toList());
    }

    List<String> scriptArguments() {
        List<String> arguments = new ArrayList<>(List.of(method, paths.toString()));
        bodies.forEach(body -> arguments.add(body.toString()));
        return arguments;
    }

    private static List<String> targets(int counters, int requests, long seed) {
        SkewedCounters skewed = new SkewedCounters(counters, seed);
        return IntStream.range(0, requests)
                .mapToObj(request -> TARGET + BenchCounters.counter(skewed.next()))
                .toList();
    }

    private static Path write(Path file, List<String> lines) {
        try {
            return Files.writeString(file, String.join("\n", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
