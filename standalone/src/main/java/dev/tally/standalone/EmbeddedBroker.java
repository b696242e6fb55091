package dev.tally.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and its controller in this process, on loopback, over one directory. What it holds survives a close and a kill.
 *
 * <p>The parts are those of Kafka's own {@code KafkaRaftServer}, put together here because that class ends the process when a part fails: an
 * embedded one has to tell its owner, who ends what stands on it first.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

    private final BrokerSockets sockets;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final CompletableFuture<Throwable> failure;

    private EmbeddedBroker(
            BrokerSockets sockets,
            ControllerServer controller,
            BrokerServer broker,
            CompletableFuture<Throwable> failure) {
        this.sockets = sockets;
        this.controller = controller;
        this.broker = broker;
        this.failure = failure;
    }

    /**
     * Formats the directory if it is new, and returns when clients can connect.
     *
     * @param logs the broker's own directory; nobody else may use it at the same time
     * @param port on loopback; 0 means any free one
     * @throws StartRefusedException if the port is taken
     * @throws IllegalStateException if the broker could not start over this directory
     */
    public static EmbeddedBroker start(Path logs, int port) {
        BrokerSockets sockets = BrokerSockets.bind(port);
        EmbeddedBroker embedded = null;
        try {
            BrokerStorage.formatIfNew(logs);
            embedded = assemble(logs, sockets);
            // The controller first: the broker registers with it.
            embedded.controller.startup();
            embedded.broker.startup();
            return embedded;
        } catch (Exception e) {
            if (embedded != null) {
                embedded.close();
            }
            sockets.close();
            throw new IllegalStateException("The Kafka broker over " + logs + " did not start: " + e.getMessage(), e);
        }
    }

    public int port() {
        return sockets.clientPort();
    }

    /** {@code host:port}, as clients take it. */
    public String bootstrapServers() {
        return BrokerSockets.HOST + ":" + port();
    }

    /** Completes, on a thread of the broker, if the broker is broken beyond going on. Never completes exceptionally. */
    public CompletionStage<Throwable> failure() {
        return failure;
    }

    /** Stops the broker before the controller, which it needs to stop in order; bounded in time. */
    @Override
    public void close() {
        quietly("broker", () -> broker.shutdown(CLOSE_MAX));
        quietly("controller", controller::shutdown);
    }

    private static EmbeddedBroker assemble(Path logs, BrokerSockets sockets) {
        KafkaConfig config = BrokerConfiguration.of(logs, sockets);
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        var properties = directories._1();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        SharedServer shared = new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, properties.clusterId().orElseThrow()),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                new BrokerFaults(failure),
                sockets);
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        return new EmbeddedBroker(sockets, controller, new BrokerServer(shared), failure);
    }

    private static void quietly(String part, Runnable shutdown) {
        try {
            shutdown.run();
        } catch (RuntimeException e) {
            LOG.warn("The {} did not stop in order", part, e);
        }
    }
}
