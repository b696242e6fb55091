package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.Children;
import dev.tally.benchmarks.process.Installed;
import dev.tally.benchmarks.process.ProcessCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Generates load on an HTTP server with wrk, closed loop: each connection sends its next request when it has the answer
 * to the last one. The requests are created before the load begins and then sent in turn.
 */
public final class Wrk {
    private static final Duration START_AND_END = Duration.ofSeconds(20);
    private static final String RESULT = "tally-wrk ";

    private final Children children;
    private final Path script;

    private Wrk(Children children, Path script) {
        this.children = children;
        this.script = script;
    }

    /**
     * @param directory an existing directory for wrk's script
     * @throws BenchException if wrk is not installed
     */
    public static Wrk in(Path directory, Children children) {
        if (!Installed.has("wrk")) {
            throw new BenchException("wrk puts the load on the servers and is not installed: apt-get install wrk");
        }
        Path script = directory.resolve("requests.lua");
        try (InputStream lua = Objects.requireNonNull(Wrk.class.getResourceAsStream("requests.lua"))) {
            Files.copy(lua, script, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Wrk(children, script);
    }

    /**
     * Runs the load and waits for its end.
     *
     * @param requests the requests to send; the list starts over after the last one
     */
    public WrkResult run(int port, RequestList requests, int connections, Duration duration) {
        List<String> command = new ArrayList<>(List.of("wrk", "--threads", "1", "--timeout", "10s"));
        command.addAll(List.of("--connections", Integer.toString(connections)));
        command.addAll(List.of("--duration", duration.toSeconds() + "s"));
        command.addAll(List.of("--script", script.toString(), "http://127.0.0.1:" + port, "--"));
        command.addAll(requests.scriptArguments());
        Duration cpuBefore = ProcessCpu.ofEndedChildren();
        Child wrk = children.startReading("wrk", Map.of(), command, duration.plus(START_AND_END));
        Optional<String> result = resultOf(wrk);
        wrk.awaitEnd();
        children.end(wrk);
        Duration cpu = ProcessCpu.ofEndedChildren().minus(cpuBefore);
        return WrkResult.parse(
                result.orElseThrow(() -> new BenchException("wrk printed no result"))
                        .substring(RESULT.length()),
                cpu);
    }

    private static Optional<String> resultOf(Child wrk) {
        try (BufferedReader output = wrk.output()) {
            return output.lines().filter(line -> line.startsWith(RESULT)).reduce((first, last) -> last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
