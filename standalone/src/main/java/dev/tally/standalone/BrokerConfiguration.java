package dev.tally.standalone;

import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;

/** What makes a stock broker fit one machine: one node in both roles, loopback only, little memory, a quick start and a quick stop. */
final class BrokerConfiguration {

    static final int NODE_ID = 1;

    private BrokerConfiguration() {}

    static KafkaConfig of(Path logs, BrokerSockets sockets) {
        Properties broker = new Properties();
        roles(broker, sockets);
        broker.put("log.dirs", logs.toString());
        // By default a record twice a second, each forced to the disk, to show other nodes that this one lives.
        broker.put("metadata.max.idle.interval.ms", "0");
        // Topics are created by the services from one definition.
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
        // Static voters are not written into the metadata log, so the port may be another at each start.
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
        // 50 partitions each by default: every one is a directory to open, and after a kill to recover.
        broker.put("offsets.topic.num.partitions", "4");
        broker.put("transaction.state.log.num.partitions", "4");
        broker.put("share.coordinator.state.topic.num.partitions", "4");
        broker.put("group.initial.rebalance.delay.ms", "0");
        // After kill -9 the controller refuses the broker's new incarnation until the old one's session is over (9 s by
        // default).
        broker.put("broker.session.timeout.ms", "2000");
        broker.put("broker.heartbeat.interval.ms", "500");
        // A start that hangs should end, with a reason.
        broker.put("server.max.startup.time.ms", "60000");
    }

    private static void smallMemory(Properties broker) {
        broker.put("num.network.threads", "2");
        broker.put("num.io.threads", "4");
        broker.put("background.threads", "4");
        // 128 MiB by default, allocated at start. 16 MiB hold 600,000 keys a pass; more keys take more passes.
        broker.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    }
}
