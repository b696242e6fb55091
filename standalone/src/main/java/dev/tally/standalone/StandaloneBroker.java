package dev.tally.standalone;

import dev.tally.service.lifecycle.Running;
import java.util.concurrent.CompletableFuture;

/** A broker over a data directory that no other Tally has. */
public final class StandaloneBroker implements Running {

    private final DataDirectory directory;
    private final EmbeddedBroker broker;

    private StandaloneBroker(DataDirectory directory, EmbeddedBroker broker) {
        this.directory = directory;
        this.broker = broker;
    }

    /**
     * Takes the directory and the port; clients may connect, and are answered when it is started.
     *
     * @throws dev.tally.service.lifecycle.RefusedException if the directory or the port is in use
     */
    public static StandaloneBroker bind(BrokerSettings settings) {
        DataDirectory directory = DataDirectory.take(settings.dataDirectory());
        try {
            return new StandaloneBroker(directory, EmbeddedBroker.bind(directory.kafka(), settings.kafkaPort()));
        } catch (RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** The same, and started. */
    public static StandaloneBroker start(BrokerSettings settings) {
        StandaloneBroker broker = bind(settings);
        try {
            broker.start();
            return broker;
        } catch (RuntimeException | Error e) {
            broker.close();
            throw e;
        }
    }

    /** Returns when clients are answered. */
    public void start() {
        broker.start();
    }

    public DataDirectory directory() {
        return directory;
    }

    /** {@code host:port}, as clients take it. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public CompletableFuture<Void> failure() {
        return broker.failure();
    }

    @Override
    public void close() {
        broker.close();
        directory.close();
    }
}
