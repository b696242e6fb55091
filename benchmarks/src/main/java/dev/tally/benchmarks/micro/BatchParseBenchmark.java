package dev.tally.benchmarks.micro;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.ingest.event.BatchParser;
import dev.tally.ingest.event.ParsedBatch;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Parses a batch from its JSON. The reported figure is per event. */
@State(Scope.Thread)
public class BatchParseBenchmark {
    private static final int EVENTS = 1_000;
    private static final long NOON = 1_795_000_000_000L;

    private final byte[] lines = IntStream.range(0, EVENTS)
            .mapToObj(BenchCounters::eventJson)
            .collect(Collectors.joining("\n"))
            .getBytes(StandardCharsets.UTF_8);

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public ParsedBatch parseLines() {
        return BatchParser.parse(lines, null, NOON);
    }
}
