package dev.tally.standalone;

import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;

/**
 * The properties that fit a stock broker to one machine: one node in both roles, loopback only, little memory, fast
 * start and stop.
 */
final class BrokerConfiguration {

    static final int NODE_ID = 1;

    private BrokerConfiguration() {}

    static KafkaConfig of(Path logs, BrokerSockets sockets) {
        Properties broker = new Properties();
        roles(broker, sockets);
        broker.put("log.dirs", logs.toString());
        // By default the controller writes a no-op record twice a second, each forced to disk, to show other nodes that
        // it is alive.
        broker.put("metadata.max.idle.interval.ms", "0");
        // The services create the topics from one definition.
        broker.put("auto.create.topics.enable", "false");
        oneNode(broker);
        quickStart(broker);
        smallMemory(broker);
        return new KafkaConfig(broker, false);
    }

    private static void roles(Properties broker, BrokerSockets sockets) {
        String host = BrokerSockets.HOST;
        String clients = BrokerSockets.CLIENTS + "://" + host + ":" + sockets.clientPort();
        broker.put("process.roles", "broker,controller");
        broker.put("node.id", Integer.toString(NODE_ID));
        broker.put(
                "listeners", clients + "," + BrokerSockets.CONTROLLER + "://" + host + ":" + sockets.controllerPort());
        broker.put("advertised.listeners", clients);
        broker.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        broker.put("inter.broker.listener.name", BrokerSockets.CLIENTS);
        broker.put("controller.listener.names", BrokerSockets.CONTROLLER);
        // Static voters are not written to the metadata log, so the port may differ at each start.
        broker.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + sockets.controllerPort());
    }

    private static void oneNode(Properties broker) {
        broker.put("default.replication.factor", "1");
        broker.put("min.insync.replicas", "1");
        broker.put("offsets.topic.replication.factor", "1");
        broker.put("transaction.state.log.replication.factor", "1");
        broker.put("transaction.state.log.min.isr", "1");
        broker.put("share.coordinator.state.topic.replication.factor", "1");
        broker.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void quickStart(Properties broker) {
        // The default is 50 partitions each. Every partition is a directory to open, and to recover after a kill.
        broker.put("offsets.topic.num.partitions", "4");
        broker.put("transaction.state.log.num.partitions", "4");
        broker.put("share.coordinator.state.topic.num.partitions", "4");
        broker.put("group.initial.rebalance.delay.ms", "0");
        // After kill -9 the controller rejects the broker's new incarnation until the session of the old one has
        // expired (9 s by default).
        broker.put("broker.session.timeout.ms", "2000");
        broker.put("broker.heartbeat.interval.ms", "500");
        // A start that hangs ends with an error.
        broker.put("server.max.startup.time.ms", "60000");
    }

    private static void smallMemory(Properties broker) {
        broker.put("num.network.threads", "2");
        broker.put("num.io.threads", "4");
        broker.put("background.threads", "4");
        // The default is 128 MiB, allocated at start. 16 MiB hold 600,000 keys per pass; more keys take more passes.
        broker.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    }
}
