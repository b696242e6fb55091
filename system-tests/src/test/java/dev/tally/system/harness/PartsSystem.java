package dev.tally.system.harness;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Tally of four processes. Each process can be killed, stopped, suspended and started separately. */
public class PartsSystem extends ProcessSystem {
    public static final String BROKER = "broker";
    public static final String INGEST = "ingest-api";
    public static final String STREAMS = "counter-streams";
    public static final String QUERY = "query-api";

    private static final int PARTITIONS = 12;
    private static final Duration END_MAX = Duration.ofSeconds(60);

    private final int ingestPort = FreePorts.next();
    private final int streamsPort = FreePorts.next();
    private final int queryPort = FreePorts.next();

    private final Map<String, String> settings;

    public PartsSystem(String name) {
        this(name + "-parts", Map.of());
    }

    /** @param settings of all services, in addition to those that connect them to each other */
    public PartsSystem(String name, Map<String, String> settings) {
        super(name);
        this.settings = Map.copyOf(settings);
    }

    @Override
    public void launch() {
        launch(BROKER);
        launch(STREAMS);
        launch(INGEST);
        launch(QUERY);
    }

    /** Starts one process and returns at once. */
    public void launch(String part) {
        switch (part) {
            case BROKER ->
                launch(
                        BROKER,
                        Map.of(),
                        "broker",
                        "--kafka-port",
                        Integer.toString(kafkaPort()),
                        "--data-dir",
                        data().resolve("broker").toString());
            case INGEST ->
                launch(
                        INGEST,
                        service(
                                ingestPort,
                                Map.of("TALLY_INGEST_QUERY_URL", readUrl().toString())),
                        INGEST);
            case STREAMS ->
                launch(
                        STREAMS,
                        service(
                                streamsPort,
                                Map.of("TALLY_STATE_DIR", stateDirectory().toString())),
                        STREAMS);
            case QUERY ->
                launch(QUERY, service(queryPort, Map.of("TALLY_QUERY_STREAMS", "127.0.0.1:" + streamsPort)), QUERY);
            default -> throw new IllegalArgumentException(part);
        }
    }

    private Map<String, String> service(int port, Map<String, String> own) {
        Map<String, String> environment = new LinkedHashMap<>(settings);
        environment.putAll(own);
        environment.put("TALLY_HTTP_PORT", Integer.toString(port));
        environment.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", kafka());
        return environment;
    }

    /** Kills one process, without a graceful shutdown. */
    public void kill(String part) {
        process(part).end("KILL", END_MAX);
    }

    /** Stops one process as an operator does. */
    public void stop(String part) {
        process(part).end("TERM", END_MAX);
    }

    /** Suspends one process, as a debugger or a frozen machine does. Its connections stay open. */
    public void suspend(String part) {
        process(part).signal("STOP");
    }

    public void resume(String part) {
        process(part).signal("CONT");
    }

    @Override
    public URI writeUrl() {
        return url(ingestPort);
    }

    @Override
    public URI readUrl() {
        return url(queryPort);
    }

    @Override
    public Map<String, URI> services() {
        Map<String, URI> services = new LinkedHashMap<>();
        services.put(INGEST, url(ingestPort));
        services.put(STREAMS, url(streamsPort));
        services.put(QUERY, url(queryPort));
        return services;
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
