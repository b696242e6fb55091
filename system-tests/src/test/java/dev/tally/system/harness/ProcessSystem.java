package dev.tally.system.harness;

import static org.awaitility.Awaitility.await;

import dev.tally.system.client.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Tally of processes on this machine, started with {@code scripts/tally} at ports chosen once. */
abstract class ProcessSystem implements TallySystem {
    private static final Duration START_MAX = Duration.ofSeconds(180);
    private static final Duration STOP_MAX = Duration.ofSeconds(90);
    private static final int STOPPED = 143;
    /** Most of these processes live for seconds, in which the optimizing compiler would take a third of their CPU. */
    private static final String JVM_OPTIONS = "-XX:TieredStopAtLevel=1";

    private final Path directory;
    private final Map<String, TallyProcess> processes = new LinkedHashMap<>();
    private final int kafkaPort = FreePorts.next();
    private int launches;

    ProcessSystem(String name) {
        this.directory = Repository.emptyDirectory(name);
    }

    /** The directory of all data that is kept across a restart. */
    final Path data() {
        return directory.resolve("data");
    }

    /** The directory of the state stores. */
    abstract Path stateDirectory();

    final int kafkaPort() {
        return kafkaPort;
    }

    /** Starts one process. Its name is also the name of its log. */
    final void launch(String name, Map<String, String> environment, String... arguments) {
        String log = name + "-" + ++launches;
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("JAVA_OPTS", JVM_OPTIONS);
        processes.put(name, TallyProcess.start(log, directory, all, List.of(arguments)));
    }

    final TallyProcess process(String name) {
        TallyProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    @Override
    public void start() {
        launch();
        awaitReady();
    }

    @Override
    public void awaitReady() {
        services().forEach(this::awaitReady);
    }

    final void awaitReady(String name, URI url) {
        await("readiness of " + name)
                .atMost(START_MAX)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    processes.forEach((each, process) -> {
                        if (!process.isAlive()) {
                            throw new AssertionError(process.errTail());
                        }
                    });
                    return Http.statusOrZero(url.resolve("/readyz")) == 200;
                });
    }

    @Override
    public void stop() {
        // The services stop first, so that they can close their Kafka clients cleanly while Kafka is still available.
        for (TallyProcess process :
                processes.values().stream().sorted(this::servicesFirst).toList()) {
            int exitCode = process.end("TERM", STOP_MAX);
            if (exitCode != STOPPED) {
                throw new AssertionError("exit " + exitCode + " after SIGTERM: " + process.errTail());
            }
        }
    }

    private int servicesFirst(TallyProcess one, TallyProcess other) {
        return Boolean.compare(isBroker(one), isBroker(other));
    }

    private boolean isBroker(TallyProcess process) {
        return process == processes.get("broker");
    }

    @Override
    public void kill() {
        processes.values().forEach(process -> process.signal("KILL"));
        processes.values().forEach(process -> process.awaitExit(STOP_MAX));
    }

    @Override
    public void loseState() {
        try (Stream<Path> kept = Files.list(stateDirectory())) {
            if (kept.findAny().isEmpty()) {
                throw new AssertionError("Nothing is kept in " + stateDirectory());
            }
            Repository.delete(stateDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    public Map<String, TallyProcess> processes() {
        return Map.copyOf(processes);
    }

    @Override
    public CommandRun tally(String... arguments) {
        return tallyWithInput("", arguments);
    }

    @Override
    public CommandRun tallyWithInput(String input, String... arguments) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("TALLY_URL", writeUrl().toString());
        environment.put("TALLY_QUERY_URL", readUrl().toString());
        environment.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", kafka());
        if (registry() != null) {
            environment.put("TALLY_SCHEMA_REGISTRY_URL", registry());
        }
        return CommandRun.tally(environment, Arrays.asList(arguments), input);
    }

    @Override
    public void close() {
        processes.values().forEach(TallyProcess::close);
        try {
            Repository.delete(data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
