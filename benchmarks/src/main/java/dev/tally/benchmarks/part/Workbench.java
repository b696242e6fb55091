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
import java.util.List;
import java.util.Map;

/**
 * What every part works with.
 *
 * @param tally the command scripts/tally
 * @param directory an empty directory for data and logs, deleted when the benchmark ends
 * @param amounts how long and how often is measured
 */
public record Workbench(Path tally, Path directory, Amounts amounts, Children children, Report report) {
    static final int PARTITIONS = 4;

    /** What scripts/tally gives ingest-api: the plain handler gets no more and no less. */
    private static final String INGEST_HEAP = "512m";

    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** Starts a server that has Kafka in it: {@code broker} or {@code up}; the caller knows when it is ready. */
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
        int port = FreePort.find();
        Child child = startTally(
                "ingest-api",
                List.of(),
                Map.of(
                        "TALLY_HTTP_PORT", Integer.toString(port),
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                        "TALLY_EVENTS_PARTITIONS", Integer.toString(PARTITIONS),
                        "TALLY_REPLICATION_FACTOR", "1"));
        HttpChild ingest = new HttpChild(child, port);
        child.awaitReady(() -> ingest.answers("/readyz"), READY_WITHIN);
        return ingest;
    }

    HttpChild startUp(String dataDirectory) {
        int port = FreePort.find();
        Child child = startTally(
                "up",
                List.of(
                        "--http-port", Integer.toString(port),
                        "--kafka-port", Integer.toString(FreePort.find()),
                        "--data-dir", newDirectory(dataDirectory).toString()),
                Map.of());
        HttpChild up = new HttpChild(child, port);
        child.awaitReady(() -> up.answers("/readyz"), READY_WITHIN);
        return up;
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
