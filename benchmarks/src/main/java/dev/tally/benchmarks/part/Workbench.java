package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.plain.PlainHandler;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.Children;
import dev.tally.benchmarks.process.FreePort;
import dev.tally.benchmarks.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of every part.
 *
 * @param tally the command scripts/tally
 * @param directory an empty directory for data and logs, deleted when the benchmark ends
 * @param amounts how long and how often is measured
 */
public record Workbench(Path tally, Path directory, Amounts amounts, Children children, Report report) {
    static final int PARTITIONS = 4;

    /** The heap that scripts/tally gives ingest-api: the plain handler gets the same. */
    private static final String INGEST_HEAP = "512m";

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** Starts a server that contains Kafka: {@code broker} or {@code up}. The caller determines when it is ready. */
    Child startTally(String command, List<String> flags, Map<String, String> environment) {
        List<String> line = new ArrayList<>(List.of(tally.toString(), command));
        line.addAll(flags);
        return children.start(command, environment, line);
    }

    Broker startBroker(String dataDirectory) {
        int port = FreePort.find();
        Child child = startTally(
                "broker",
                List.of(
                        "--kafka-port",
                        Integer.toString(port),
                        "--data-dir",
                        newDirectory(dataDirectory).toString()),
                Map.of());
        Broker broker = new Broker(child, port);
        child.awaitReady(broker::isReady, READY_WITHIN);
        return broker;
    }

    HttpChild startIngest(Broker broker) {
        return startService(
                "ingest-api",
                FreePort.find(),
                broker,
                Map.of("TALLY_EVENTS_PARTITIONS", Integer.toString(PARTITIONS), "TALLY_REPLICATION_FACTOR", "1"));
    }

    /** Starts one of the three services. Returns when it is ready. */
    HttpChild startService(String command, int port, Broker broker, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("TALLY_HTTP_PORT", Integer.toString(port));
        environment.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        return awaitReady(new HttpChild(startTally(command, List.of(), environment), port));
    }

    HttpChild startUp(String dataDirectory) {
        return startUp(newDirectory(dataDirectory)).http();
    }

    /**
     * Starts {@code up} on an existing directory. Another one can be started on the same directory once the first has
     * ended.
     */
    Standalone startUp(Path dataDirectory) {
        int port = FreePort.find();
        int kafkaPort = FreePort.find();
        Child child = startTally(
                "up",
                List.of(
                        "--http-port", Integer.toString(port),
                        "--kafka-port", Integer.toString(kafkaPort),
                        "--data-dir", dataDirectory.toString()),
                Map.of());
        return new Standalone(awaitReady(new HttpChild(child, port)), new Broker(child, kafkaPort));
    }

    private static HttpChild awaitReady(HttpChild service) {
        service.child().awaitReady(() -> service.answers("/readyz"), READY_WITHIN);
        return service;
    }

    HttpChild startPlainHandler(int postAnswerBytes, int getAnswerBytes) {
        int port = FreePort.find();
        Child child = children.start(
                "plain-handler",
                Map.of(),
                Jvm.command(
                        INGEST_HEAP,
                        PlainHandler.class,
                        List.of(
                                Integer.toString(port),
                                Integer.toString(postAnswerBytes),
                                Integer.toString(getAnswerBytes))));
        HttpChild plain = new HttpChild(child, port);
        child.awaitReady(() -> plain.answers("/"), READY_WITHIN);
        return plain;
    }

    Wrk wrk() {
        return Wrk.in(directory, children);
    }

    void end(HttpChild server) {
        children.end(server.child());
    }

    void end(Broker broker) {
        children.end(broker.child());
    }

    Path newDirectory(String name) {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
