package dev.tally.system.harness;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** {@code scripts/tally up}: a broker and the three services in one JVM. */
public final class UpSystem extends ProcessSystem {
    private static final int PARTITIONS = 4;

    private final int httpPort = FreePorts.next();

    private final Map<String, String> environment;

    public UpSystem(String name) {
        this(name, Map.of());
    }

    /** @param environment settings, in addition to those on the command line */
    public UpSystem(String name, Map<String, String> environment) {
        super(name + "-up");
        this.environment = environment;
    }

    @Override
    public void launch() {
        launch(
                "up",
                environment,
                "up",
                "--http-port",
                Integer.toString(httpPort),
                "--kafka-port",
                Integer.toString(kafkaPort()),
                "--data-dir",
                data().toString());
    }

    @Override
    public URI writeUrl() {
        return url(httpPort);
    }

    @Override
    public URI readUrl() {
        return url(httpPort);
    }

    @Override
    public Map<String, URI> services() {
        return Map.of("up", url(httpPort));
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    Path stateDirectory() {
        return data().resolve("streams");
    }

    public Path dataDirectory() {
        return data();
    }
}
