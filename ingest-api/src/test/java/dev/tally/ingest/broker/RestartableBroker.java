package dev.tally.ingest.broker;

import dev.tally.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this process. It can be stopped and started again with its data, on the same port. */
public final class RestartableBroker implements AutoCloseable {
    private final Path directory;
    private final int port = freePort();
    private final int controllerPort = freePort();
    private final int advertisedPort;
    private KafkaRaftServer server;

    /** @param advertisedPort the port that the broker advertises to clients; 0 for the port that it listens on */
    public RestartableBroker(Path directory, int advertisedPort) throws Exception {
        this.directory = directory;
        this.advertisedPort = advertisedPort == 0 ? port : advertisedPort;
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }

    public void start() {
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        server.startup();
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    /** The port that the broker listens on. */
    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Every record of the log, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> log() {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        if (server != null) {
            stop();
        }
    }

    private Properties properties() {
        Properties broker = new Properties();
        broker.put("process.roles", "broker,controller");
        broker.put("node.id", "1");
        broker.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        broker.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertisedPort);
        broker.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        broker.put("controller.listener.names", "CONTROLLER");
        broker.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        broker.put("log.dirs", directory.toString());
        broker.put("auto.create.topics.enable", "false");
        broker.put("default.replication.factor", "1");
        broker.put("offsets.topic.replication.factor", "1");
        broker.put("broker.session.timeout.ms", "2000");
        broker.put("broker.heartbeat.interval.ms", "500");
        return broker;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
