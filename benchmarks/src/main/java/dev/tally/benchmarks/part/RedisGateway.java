package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.FreePort;
import dev.tally.benchmarks.process.Installed;
import dev.tally.benchmarks.report.Floor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The usual counter behind HTTP: Redis, which appends each INCR to a file that it flushes every second, and webdis,
 * which offers the Redis commands over HTTP. Both are Debian packages and optional.
 */
record RedisGateway(Child redis, HttpChild webdis) {
    private static final Duration READY_WITHIN = Duration.ofSeconds(20);
    private static final int KEYS_AT_ONCE = 200;
    private static final Pattern NUMBER = Pattern.compile("\"(\\d+)\"");

    /** The programs that are not installed, as text; empty if all are installed. */
    static Optional<String> missing() {
        List<String> missing = Stream.of("webdis", "redis-server")
                .filter(program -> !Installed.has(program))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " not installed");
    }

    /** Starts the gateway if it is installed; reports it if not. */
    static Optional<RedisGateway> startIfInstalled(Workbench bench) {
        Optional<String> missing = missing();
        if (missing.isEmpty()) {
            return Optional.of(start(bench));
        }
        bench.report()
                .say("  " + missing.get() + " (apt-get install webdis redis-server): nothing is measured beside it");
        return Optional.empty();
    }

    /** The floor unchanged, or not measured if the gateway is not installed. */
    static Floor orMissing(Floor floor) {
        return missing().map(floor::notMeasured).orElse(floor);
    }

    private static RedisGateway start(Workbench bench) {
        Path directory = bench.newDirectory("redis-data");
        int redisPort = FreePort.find();
        int httpPort = FreePort.find();
        Path redisConfiguration = write(directory.resolve("redis.conf"), redisConfiguration(directory, redisPort));
        Child redis = bench.children().start("redis", Map.of(), List.of("redis-server", redisConfiguration.toString()));
        Path webdisConfiguration =
                write(directory.resolve("webdis.json"), webdisConfiguration(directory, redisPort, httpPort));
        // webdis ends if Redis does not respond yet.
        redis.awaitReady(() -> FreePort.isListening(redisPort), READY_WITHIN);
        Child child = bench.children().start("webdis", Map.of(), List.of("webdis", webdisConfiguration.toString()));
        HttpChild webdis = new HttpChild(child, httpPort);
        child.awaitReady(() -> webdis.answers("/PING"), READY_WITHIN);
        return new RedisGateway(redis, webdis);
    }

    /** The default configuration of Redis, except that it appends every write to a file. */
    static String redisConfiguration(Path directory, int port) {
        return String.join(
                "\n", "bind 127.0.0.1", "port " + port, "dir " + directory, "daemonize no", "appendonly yes", "");
    }

    /** Debian's configuration of webdis, except for its addresses. It logs no requests. */
    static String webdisConfiguration(Path directory, int redisPort, int httpPort) {
        return """
                {
                  "redis_host": "127.0.0.1",
                  "redis_port": %d,
                  "http_host": "127.0.0.1",
                  "http_port": %d,
                  "threads": 2,
                  "daemonize": false,
                  "database": 0,
                  "verbosity": 3,
                  "logfile": "%s"
                }
                """.formatted(redisPort, httpPort, directory.resolve("webdis.log"));
    }

    Map<String, Child> processes() {
        Map<String, Child> processes = new LinkedHashMap<>();
        processes.put("webdis", webdis.child());
        processes.put("redis", redis);
        return processes;
    }

    /** The sum of all counters in Redis. */
    long total(int counters) {
        long sum = 0;
        for (int from = 0; from < counters; from += KEYS_AT_ONCE) {
            String keys = IntStream.range(from, Math.min(from + KEYS_AT_ONCE, counters))
                    .mapToObj(BenchCounters::redisKey)
                    .collect(Collectors.joining("/"));
            sum += sumOf(webdis.get("/MGET/" + keys));
        }
        return sum;
    }

    static long sumOf(String answer) {
        return NUMBER.matcher(answer)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }

    /** @throws BenchException if Redis has counted less than {@code answered} since its total was {@code before} */
    void verify(long before, long answered) {
        long counted = total(WholeRequests.COUNTERS) - before;
        if (counted < answered) {
            throw new BenchException(answered + " INCRs were answered and only " + counted + " are in Redis");
        }
    }

    void end(Workbench bench) {
        bench.end(webdis);
        bench.children().end(redis);
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
