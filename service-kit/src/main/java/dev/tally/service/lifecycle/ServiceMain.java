package dev.tally.service.lifecycle;

import dev.tally.service.http.PortInUseException;
import dev.tally.service.settings.SettingsException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private ServiceMain() {}

    /** Runs until a signal or a failure, and then ends the JVM: it never returns. */
    public static void run(Supplier<? extends Running> start) {
        System.exit(runToFailure(start));
    }

    private static int runToFailure(Supplier<? extends Running> start) {
        Running running;
        try {
            running = start.get();
        } catch (SettingsException e) {
            e.problems().forEach(System.err::println);
            return WRONG_SETTINGS;
        } catch (RefusedException | PortInUseException e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (RuntimeException | Error e) {
            LOG.error("The start failed", e);
            return FAILED;
        }
        Runnable closeOnce = once(running);
        Runtime.getRuntime().addShutdownHook(new Thread(closeOnce, "tally-shutdown"));
        awaitFailure(running);
        closeOnce.run();
        return FAILED;
    }

    private static void awaitFailure(Running running) {
        try {
            running.failure().get();
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                System.err.println(refused.sentence());
            } else {
                LOG.error("A part failed for good, so the process ends", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Runnable once(Running running) {
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                running.close();
            }
        };
    }
}
