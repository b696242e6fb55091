package dev.tally.standalone;

import dev.tally.service.lifecycle.Running;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A broker over a data directory that no other Tally uses. */
public final class StandaloneBroker implements Running {

    private final DataDirectory directory;
    private final EmbeddedBroker broker;

    private StandaloneBroker(DataDirectory directory, EmbeddedBroker broker) {
        this.directory = directory;
        this.broker = broker;
    }

    /**
     * Locks the directory and binds the port. Clients may connect and are served when the broker is started.
     *
     * @throws dev.tally.service.lifecycle.RefusedException if the directory or the port is in use
     */
    public static StandaloneBroker bind(BrokerSettings settings) {
        return bind(settings, () -> {});
    }

    /** @param check a further check that may refuse before anything is created */
    static StandaloneBroker bind(BrokerSettings settings, Runnable check) {
        Path given = settings.dataDirectory();
        AtomicReference<@Nullable EmbeddedBroker> bound = new AtomicReference<>();
        try {
            DataDirectory directory = DataDirectory.take(given, () -> {
                check.run();
                bound.set(EmbeddedBroker.bind(DataDirectory.kafka(given), settings.kafkaPort()));
            });
            return new StandaloneBroker(directory, Objects.requireNonNull(bound.get()));
        } catch (RuntimeException | Error e) {
            EmbeddedBroker broker = bound.get();
            if (broker != null) {
                broker.close();
            }
            throw e;
        }
    }

    /** Binds and starts a broker. */
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

    /** Starts the broker. Returns when clients are served. */
    public void start() {
        broker.start();
    }

    public DataDirectory directory() {
        return directory;
    }

    /** {@code host:port}, for {@code bootstrap.servers}. */
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
