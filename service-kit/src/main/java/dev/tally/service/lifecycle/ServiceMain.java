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
 * How every process of ours lives: start, wait, close. Its exit codes are 1 when it failed, 2 when its settings are wrong,
 * and after a clean stop 143 by SIGTERM and 130 by Ctrl-C, which are the JVM's own.
 */
public final class ServiceMain {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);
    private static final int FAILED = 1;
    private static final int WRONG_SETTINGS = 2;
    /** Closing is bounded in every part; this is for the case that some part breaks its word. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(90);

    private final CompletableFuture<Running> started = new CompletableFuture<>();

    private ServiceMain() {}

    /** Runs until a signal or a failure, and then ends the JVM: it never returns. */
    public static void run(Supplier<? extends Running> start) {
        System.exit(new ServiceMain().runToFailure(start));
    }

    private int runToFailure(Supplier<? extends Running> start) {
        // Before the start, so that a signal in the middle of it is followed by a clean stop as well.
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

    /** The shutdown hook, which runs after a failure too. */
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
