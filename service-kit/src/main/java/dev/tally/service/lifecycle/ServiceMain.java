package dev.tally.service.lifecycle;

import dev.tally.service.http.CannotListenException;
import dev.tally.service.settings.SettingsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main function of every Tally process: start, wait, close. The exit code is 1 after a failure, 2 if the settings are
 * wrong, and after a clean stop the JVM's own: 143 by SIGTERM, 130 by Ctrl-C.
 */
public final class ServiceMain {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);
    private static final int FAILED = 1;
    private static final int WRONG_SETTINGS = 2;
    /** The close of every part is bounded. This bound applies if a part exceeds its own; the process is then halted. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(90);

    private final CompletableFuture<Running> started = new CompletableFuture<>();

    private ServiceMain() {}

    /** Runs until a signal or a failure, then ends the JVM. Never returns. */
    public static void run(Supplier<? extends Running> start) {
        System.exit(new ServiceMain().runToFailure(start));
    }

    private int runToFailure(Supplier<? extends Running> start) {
        // Added before the start, so that a signal during the start is followed by a clean stop too.
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "tally-shutdown"));
        try {
            Running running = start.get();
            started.complete(running);
            running.failure().get();
        } catch (SettingsException e) {
            started.completeExceptionally(e);
            e.problems().forEach(System.err::println);
            return WRONG_SETTINGS;
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            tell("Start failed", e);
        } catch (ExecutionException e) {
            tell("A component failed; ending the process", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private static void tell(String what, Throwable cause) {
        if (cause instanceof RefusedException || cause instanceof CannotListenException) {
            System.err.println(cause.getMessage());
        } else {
            LOG.error(what, cause);
        }
    }

    /** The shutdown hook. It also runs after a failure. */
    private void stop() {
        Thread closing = new Thread(this::close, "tally-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(CLOSE_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.error("Close timed out after {} s; halting the process", CLOSE_MAX.toSeconds());
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private void close() {
        try {
            started.get().close();
        } catch (ExecutionException e) {
            LOG.debug("Close skipped: the start had failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("Close failed", e);
        }
    }
}
