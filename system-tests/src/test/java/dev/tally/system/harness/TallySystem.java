package dev.tally.system.harness;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One whole Tally, however it is put together: the suites know nothing else of it. It can be started again after it was
 * stopped or killed, at the same addresses and with the same data; {@link #close} leaves nothing behind but logs.
 */
public interface TallySystem extends AutoCloseable {
    /** Starts it and returns when all of it says that it is ready; fails if that takes too long. */
    void start();

    /** Starts it and returns at once. */
    void launch();

    /** Returns when all of it says that it is ready; fails if that takes too long. */
    void awaitReady();

    /** Asks all of it to end, and waits until it has ended cleanly. */
    void stop();

    /** Ends all of it at once, without asking. */
    void kill();

    URI writeUrl();

    URI readUrl();

    /** {@code host:port} of Kafka. */
    String kafka();

    /** Where each process answers {@code /livez}, {@code /readyz} and {@code /metrics}, by its name. */
    Map<String, URI> services();

    /** Where its schemas are registered; null if nowhere. */
    default @Nullable String registry() {
        return null;
    }

    /** How many partitions the topics have. */
    int partitions();

    /** Deletes the totals that are kept beside the log, while it is stopped; fails if there are none. */
    void loseState();

    /** Runs a command of {@code scripts/tally} against it, to its end. */
    CommandRun tally(String... arguments);

    /** The same, with something on its standard input. */
    CommandRun tallyWithInput(String input, String... arguments);

    /** The processes, by name, those of the latest start. */
    Map<String, TallyProcess> processes();

    /** Kills what lives and deletes the data. */
    @Override
    void close();
}
