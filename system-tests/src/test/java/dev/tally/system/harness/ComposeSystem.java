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

/**
 * {@code compose/kafka.yml} as a separate compose project with one broker, at ports chosen once. The images are those
 * that the variables of the file name. {@code scripts/compose-test} builds them.
 */
public final class ComposeSystem implements TallySystem {
    public static final List<String> SERVICES = List.of("ingest-api", "counter-streams", "query-api");
    /** Every container, in an order in which each of them can be restarted. */
    public static final List<String> CONTAINERS =
            List.of("query-api", "ingest-api", "counter-streams", "registry", "kafka");

    private static final String WHAT = "compose/kafka.yml";
    private static final String ASKED_FOR = "tally.compose";
    private static final Duration START_MAX = Duration.ofSeconds(180);
    private static final int PARTITIONS = 12;
    /** The JVM's exit code after SIGTERM. */
    private static final String STOPPED = "143";

    private final Path logs;
    private final String project;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    private ComposeSystem(String name) {
        this.logs = Repository.emptyDirectory(name + "-compose");
        this.project = "tally-test-" + name + "-" + ProcessHandle.current().pid();
        for (String port : List.of("INGEST_PORT", "STREAMS_PORT", "QUERY_PORT", "KAFKA_PORT", "REGISTRY_PORT")) {
            ports.put(port, FreePorts.next());
        }
    }

    /** Aborts the test with the reason unless containers are requested. They need an engine and images. */
    static ComposeSystem orAbort(String name) {
        if (!Boolean.getBoolean(ASKED_FOR)) {
            Engine.skip(WHAT, "scripts/compose-test builds its images and runs it where an engine is");
        }
        Engine.requireDocker(WHAT);
        Engine.requireCompose(WHAT);
        return new ComposeSystem(name);
    }

    @Override
    public void start() {
        launch();
        awaitReady();
    }

    @Override
    public void launch() {
        compose("up", "-d", "--no-build").orFail();
    }

    @Override
    public void awaitReady() {
        services()
                .forEach((name, url) -> await("readiness of " + name)
                        .atMost(START_MAX)
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> Http.statusOrZero(url.resolve("/readyz")) == 200));
        CONTAINERS.forEach(container -> await("health of " + container)
                .atMost(START_MAX)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> inspect(container, "{{.State.Health.Status}}").equals("healthy")));
    }

    @Override
    public void stop() {
        compose("stop").orFail();
        SERVICES.forEach(this::assertStoppedCleanly);
    }

    /**
     * Stops one container, with the grace period of the compose file, and starts it again. Returns when all processes are
     * ready.
     */
    public void restart(String container) {
        compose("stop", container).orFail();
        assertStoppedCleanly(container);
        compose("start", container).orFail();
        awaitReady();
    }

    private void assertStoppedCleanly(String container) {
        String exitCode = inspect(container, "{{.State.ExitCode}}");
        boolean clean = SERVICES.contains(container) ? exitCode.equals(STOPPED) : !exitCode.equals("137");
        if (!clean) {
            throw new AssertionError(container + ": exit " + exitCode + " after a stop\n"
                    + compose("logs", "--no-color", "--tail", "40", container).out());
        }
    }

    @Override
    public void kill() {
        compose("kill").orFail();
    }

    @Override
    public void loseState() {
        compose("rm", "-f", "counter-streams").orFail();
        Engine.docker("volume", "rm", project + "_state");
    }

    /** One property of a container, selected by a template of {@code docker inspect}. */
    public String inspect(String container, String template) {
        String id = compose("ps", "-q", container).orFail().out().strip();
        return Engine.docker("inspect", "-f", template, id).out().strip();
    }

    /** Runs a command in a running container, and returns its output. */
    public String exec(String container, String... command) {
        String[] arguments = new String[command.length + 3];
        arguments[0] = "exec";
        arguments[1] = "-T";
        arguments[2] = container;
        System.arraycopy(command, 0, arguments, 3, command.length);
        return compose(arguments).orFail().out().strip();
    }

    @Override
    public URI writeUrl() {
        return url("INGEST_PORT");
    }

    @Override
    public URI readUrl() {
        return url("QUERY_PORT");
    }

    @Override
    public String kafka() {
        return "127.0.0.1:" + ports.get("KAFKA_PORT");
    }

    @Override
    public String registry() {
        return url("REGISTRY_PORT") + "/apis/ccompat/v7";
    }

    @Override
    public Map<String, URI> services() {
        Map<String, URI> services = new LinkedHashMap<>();
        services.put("ingest-api", writeUrl());
        services.put("counter-streams", url("STREAMS_PORT"));
        services.put("query-api", readUrl());
        return services;
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    public CommandRun tally(String... arguments) {
        return tallyWithInput("", arguments);
    }

    @Override
    public CommandRun tallyWithInput(String input, String... arguments) {
        Map<String, String> environment = Map.of(
                "TALLY_URL", writeUrl().toString(),
                "TALLY_QUERY_URL", readUrl().toString(),
                "TALLY_KAFKA_BOOTSTRAP_SERVERS", kafka(),
                "TALLY_SCHEMA_REGISTRY_URL", registry());
        return CommandRun.tally(environment, Arrays.asList(arguments), input);
    }

    /** Empty: the processes run in containers. */
    @Override
    public Map<String, TallyProcess> processes() {
        return Map.of();
    }

    @Override
    public void close() {
        try {
            Files.writeString(
                    logs.resolve("compose.log"), compose("logs", "--no-color").out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            compose("down", "-v", "--remove-orphans", "-t", "10").orFail();
        }
    }

    private URI url(String port) {
        return URI.create("http://127.0.0.1:" + ports.get(port));
    }

    private CommandRun compose(String... arguments) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("COMPOSE_PROJECT_NAME", project);
        ports.forEach((name, port) -> environment.put(name, Integer.toString(port)));
        return Engine.compose(environment, arguments);
    }
}
