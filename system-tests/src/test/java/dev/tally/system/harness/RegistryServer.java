package dev.tally.system.harness;

import static org.awaitility.Awaitility.await;

import dev.tally.system.client.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real schema registry in a separate process: Apicurio, at its endpoint for Confluent's protocol. It stores its schemas
 * on disk, so that they survive a kill.
 */
public final class RegistryServer implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(120);
    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final String PROTOCOL = "/apis/ccompat/v7";

    private final Path directory;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private @Nullable TallyProcess process;
    private int launches;

    /** Creates a registry without schemas, which is not started yet. Its logs are kept under {@code target/systems/name}. */
    public RegistryServer(String name) {
        this.directory = Repository.emptyDirectory(name);
    }

    /** The base URL for clients of a Confluent registry. */
    public String url() {
        return "http://127.0.0.1:" + port + PROTOCOL;
    }

    /** Starts the registry and returns when it answers. */
    public void start() {
        launch();
        await("the schema registry")
                .atMost(START_MAX)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    if (!isAlive()) {
                        throw new AssertionError(process == null ? "not started" : process.errTail());
                    }
                    return Http.statusOrZero(URI.create(url() + "/subjects")) == 200;
                });
    }

    /** Starts the registry and returns at once. */
    public void launch() {
        Map<String, String> environment = Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort),
                "APICURIO_STORAGE_KIND", "sql",
                "APICURIO_STORAGE_SQL_KIND", "h2",
                "APICURIO_DATASOURCE_URL", "jdbc:h2:file:" + directory.resolve("data/registry"),
                "APICURIO_DATASOURCE_USERNAME", "sa",
                "APICURIO_DATASOURCE_PASSWORD", "sa");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                jar().toString());
        process = TallyProcess.startCommand("registry-" + ++launches, directory, environment, command);
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Kills the registry, without a graceful shutdown. */
    public void kill() {
        if (process != null) {
            process.end("KILL", END_MAX);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        try {
            Repository.delete(directory.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory into which the build has unpacked the registry. */
    private static Path jar() {
        Path unpacked = Repository.root().resolve("system-tests/target/registry");
        try (Stream<Path> files = Files.walk(unpacked)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No registry under " + unpacked));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
