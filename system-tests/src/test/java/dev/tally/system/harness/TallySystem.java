package dev.tally.system.harness;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One whole Tally, independent of its deployment. The suites use only this interface. A system can be started again after
 * it was stopped or killed, at the same addresses and with the same data. {@link #close} deletes everything but the logs.
 */
public interface TallySystem extends AutoCloseable {
    /** Starts the system and returns when all of it is ready. Fails if that takes too long. */
    void start();

    /** Starts the system and returns at once. */
    void launch();

    /** Returns when all of the system is ready. Fails if that takes too long. */
    void awaitReady();

    /** Shuts down the whole system gracefully, and waits until it has stopped cleanly. */
    void stop();

    /** Kills the whole system at once, without a graceful shutdown. */
    void kill();

    URI writeUrl();

    URI readUrl();

    /** {@code host:port} of Kafka. */
    String kafka();

    /** The URL at which each process serves {@code /livez}, {@code /readyz} and {@code /metrics}, by process name. */
    Map<String, URI> services();

    /** The URL of the schema registry; null if there is none. */
    default @Nullable String registry() {
        return null;
    }

    /** The number of partitions of the topics. */
    int partitions();

    /** Deletes the state stores while the system is stopped. Fails if there are none. */
    void loseState();

    /** Runs a command of {@code scripts/tally} against the system until it exits. */
    CommandRun tally(String... arguments);

    /** The same, with text on its standard input. */
    CommandRun tallyWithInput(String input, String... arguments);

    /** The processes of the latest start, by name. */
    Map<String, TallyProcess> processes();

    /** Kills the processes that are alive, and deletes the data. */
    @Override
    void close();
}
