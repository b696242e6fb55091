package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.FreePort;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The whole system as separate processes with their own settings; counter-streams can be stopped and started again. */
final class FourProcesses {
    /** The default number of partitions that the services create. */
    static final int PARTITIONS = 12;

    private final Workbench bench;
    private final Broker broker;
    private final HttpChild ingest;
    private final Path stateDirectory;
    private final int streamsPort = FreePort.find();
    private final int queryPort = FreePort.find();
    private HttpChild streams;
    private HttpChild query;
    private boolean isCounting = true;

    FourProcesses(Workbench bench) {
        this.bench = bench;
        broker = bench.startBroker("parts-data");
        stateDirectory = bench.newDirectory("parts-state");
        streams = startStreams();
        query = startQuery();
        ingest = bench.startService(
                "ingest-api",
                FreePort.find(),
                broker,
                Map.of("TALLY_INGEST_QUERY_URL", "http://127.0.0.1:" + queryPort));
    }

    private HttpChild startStreams() {
        return bench.startService(
                "counter-streams", streamsPort, broker, Map.of("TALLY_STATE_DIR", stateDirectory.toString()));
    }

    private HttpChild startQuery() {
        return bench.startService(
                "query-api", queryPort, broker, Map.of("TALLY_QUERY_STREAMS", "127.0.0.1:" + streamsPort));
    }

    HttpChild ingest() {
        return ingest;
    }

    HttpChild query() {
        return query;
    }

    Acknowledged acknowledged() {
        return new Acknowledged(broker, PARTITIONS);
    }

    void awaitCounted() {
        Totals.awaitCounted(query, broker, PARTITIONS);
    }

    /** Restarts query-api and counter-streams. Returns as soon as query-api is ready. */
    void restartReads() {
        bench.end(query);
        bench.end(streams);
        streams = startStreams();
        query = startQuery();
    }

    boolean isCounting() {
        return isCounting;
    }

    /**
     * Stops counter-streams as an operator does, or starts it and waits until it has counted the events that arrived
     * meanwhile.
     */
    void count(boolean on) {
        if (on == isCounting) {
            return;
        }
        if (on) {
            streams = startStreams();
            awaitCounted();
        } else {
            bench.end(streams);
        }
        isCounting = on;
    }

    /** The processes that take part in a write, and in counting it while counter-streams runs. */
    Map<String, Child> writeProcesses() {
        Map<String, Child> processes = new LinkedHashMap<>();
        processes.put("ingest-api", ingest.child());
        processes.put("broker", broker.child());
        if (isCounting) {
            processes.put("counter-streams", streams.child());
            processes.put("query-api", query.child());
        }
        return processes;
    }

    /** The processes that take part in a read. */
    Map<String, Child> readProcesses() {
        Map<String, Child> processes = new LinkedHashMap<>();
        processes.put("query-api", query.child());
        processes.put("counter-streams", streams.child());
        return processes;
    }

    void end() {
        bench.end(ingest);
        bench.end(query);
        bench.end(streams);
        bench.end(broker);
    }
}
