package dev.tally.testkit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** One broker of a {@link TestKafka}. The one with ID 1 is also the controller. */
final class TestBroker {
    private static final int CONTROLLER_ID = 1;

    private final int id;
    private final Path directory;
    private final int port;
    private final int advertisedPort;
    private final String voter;
    private @Nullable KafkaRaftServer server;

    /** @param voter the controller as {@code id@host:port} */
    TestBroker(int id, Path directory, int port, int advertisedPort, String voter) {
        this.id = id;
        this.directory = directory;
        this.port = port;
        this.advertisedPort = advertisedPort;
        this.voter = voter;
    }

    void format(String clusterId) {
        try {
            new Formatter()
                    .setClusterId(clusterId)
                    .setNodeId(id)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("The directory of the broker cannot be formatted: " + directory, e);
        }
    }

    void start() {
        KafkaRaftServer started = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        server = started;
        started.startup();
    }

    void stop() {
        KafkaRaftServer stopping = server;
        server = null;
        if (stopping != null) {
            stopping.shutdown();
            stopping.awaitShutdown();
        }
    }

    int port() {
        return port;
    }

    private Properties properties() {
        boolean isController = id == CONTROLLER_ID;
        String clients = "PLAINTEXT://127.0.0.1:" + port;
        Properties broker = new Properties();
        broker.put("process.roles", isController ? "broker,controller" : "broker");
        broker.put("node.id", Integer.toString(id));
        broker.put(
                "listeners",
                isController ? clients + ",CONTROLLER://" + voter.substring(voter.indexOf('@') + 1) : clients);
        broker.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertisedPort);
        broker.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        broker.put("controller.listener.names", "CONTROLLER");
        broker.put("controller.quorum.voters", voter);
        broker.put("log.dirs", directory.toString());
        broker.put("auto.create.topics.enable", "false");
        broker.put("default.replication.factor", "1");
        broker.put("offsets.topic.replication.factor", "1");
        broker.put("transaction.state.log.replication.factor", "1");
        broker.put("transaction.state.log.min.isr", "1");
        quickStart(broker);
        smallMemory(broker);
        return broker;
    }

    private static void quickStart(Properties broker) {
        broker.put("offsets.topic.num.partitions", "1");
        broker.put("transaction.state.log.num.partitions", "1");
        broker.put("group.initial.rebalance.delay.ms", "0");
        broker.put("broker.session.timeout.ms", "2000");
        broker.put("broker.heartbeat.interval.ms", "500");
    }

    /** Several brokers run in one test process at the same time. */
    private static void smallMemory(Properties broker) {
        broker.put("num.network.threads", "2");
        broker.put("num.io.threads", "4");
        broker.put("background.threads", "4");
        broker.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    }
}
