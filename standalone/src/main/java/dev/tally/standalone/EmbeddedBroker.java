package dev.tally.standalone;

import dev.tally.service.lifecycle.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and its controller in this process, on loopback, over one directory. Its data survives a close
 * and a kill.
 *
 * <p>The port is bound when the object is created, and clients may connect: they wait until the broker is started. So
 * the broker and its clients can start in parallel.
 *
 * <p>The parts are those of Kafka's own {@code KafkaRaftServer}. They are assembled here because that class ends the
 * process when a part fails. An embedded broker reports the failure to its owner, which first stops the services that
 * depend on it.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

    private final Path logs;
    private final BrokerSockets sockets;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private @Nullable ControllerServer controller;
    private @Nullable BrokerServer broker;

    private EmbeddedBroker(Path logs, BrokerSockets sockets) {
        this.logs = logs;
        this.sockets = sockets;
    }

    /**
     * Binds the port. Accesses no file.
     *
     * @param logs the broker's own directory; nothing else may use it at the same time
     * @param port on loopback; 0 means any free port
     * @throws RefusedException if the port is in use
     */
    public static EmbeddedBroker bind(Path logs, int port) {
        return new EmbeddedBroker(logs, BrokerSockets.bind(port));
    }

    /** Binds and starts a broker. */
    public static EmbeddedBroker start(Path logs, int port) {
        EmbeddedBroker embedded = bind(logs, port);
        try {
            embedded.start();
            return embedded;
        } catch (RuntimeException | Error e) {
            embedded.close();
            throw e;
        }
    }

    /**
     * Formats the directory if it is new. Returns when clients are served. Called once.
     *
     * @throws IllegalStateException if the broker cannot start over this directory; it must still be closed
     */
    public synchronized void start() {
        try {
            BrokerStorage.formatIfNew(logs);
            KafkaConfig config = BrokerConfiguration.of(logs, sockets);
            var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
            SharedServer shared = share(config, directories._1());
            controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
            broker = new BrokerServer(shared);
            // The controller starts first, because the broker registers with it.
            controller.startup();
            broker.startup();
        } catch (Exception e) {
            throw new IllegalStateException("The Kafka broker over " + logs + " did not start: " + e.getMessage(), e);
        }
    }

    public int port() {
        return sockets.clientPort();
    }

    /** {@code host:port}, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerSockets.HOST + ":" + port();
    }

    /** Completes exceptionally, on a thread of the broker, after a fatal fault; never completes otherwise. */
    public CompletableFuture<Void> failure() {
        return failure;
    }

    /**
     * Stops the broker before the controller, because a controlled shutdown needs the controller. Bounded in time.
     * Waits for a start in progress.
     */
    @Override
    public synchronized void close() {
        BrokerServer startedBroker = broker;
        if (startedBroker != null) {
            quietly("broker", () -> startedBroker.shutdown(CLOSE_MAX));
        }
        ControllerServer startedController = controller;
        if (startedController != null) {
            quietly("controller", startedController::shutdown);
        }
        sockets.close();
    }

    private SharedServer share(KafkaConfig config, MetaPropertiesEnsemble properties) {
        return new SharedServer(
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
    }

    private static void quietly(String part, Runnable shutdown) {
        try {
            shutdown.run();
        } catch (RuntimeException e) {
            LOG.warn("{} failed to stop", part, e);
        }
    }
}
