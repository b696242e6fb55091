package dev.tally.benchmarks.counting;

import dev.tally.benchmarks.counting.Progress.Rebuilt;
import dev.tally.schemas.generation.ChangeRefusedException;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.topic.Topics;
import dev.tally.streams.CounterStreamsMain;
import dev.tally.streams.Generation;
import dev.tally.streams.StreamsSettings;
import dev.tally.streams.generation.BoardReader;
import dev.tally.streams.generation.BoardWriter;
import dev.tally.streams.state.store.StateParameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Rebuilds with Tally: counter-streams with the state of an earlier {@link TallyCounting}, which is live and has counted the whole
 * log, counts it again into a new generation, compares the two and switches.
 */
public final class RebuildCounting {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private RebuildCounting() {}

    public static void main(String[] arguments) throws Exception {
        Job job = Job.parse(arguments);
        Progress progress = new Progress(System.out);
        StreamsSettings settings = TallyCounting.settings(job);
        try (CounterStreamsMain streams = CounterStreamsMain.start(settings)) {
            URI ready = URI.create(streams.server().url() + "/readyz");
            HttpClient http = HttpClient.newHttpClient();
            await("counter-streams is not ready", () -> isReady(http, ready));
            long requested = System.nanoTime();
            String to = request(settings);
            new StreamsRun(new Generation(to).applicationId(), job, progress, streams.failure()).watch();
            long counted = System.nanoTime();
            awaitLive(settings, to);
            progress.rebuilt(new Rebuilt(counted - requested, System.nanoTime() - requested));
        }
        progress.digest(TotalsDigest.of(FeedTotals.read(job.bootstrapServers(), Topics.TOTALS)));
    }

    /** Requests the rebuild as the command does. Returns the name of the new generation. */
    private static String request(StreamsSettings settings) {
        Generations requested = new BoardWriter(settings.board()).change(now -> {
            if (now == null) {
                throw new ChangeRefusedException("There is no generation");
            }
            return now.rebuild(false, StateParameters.FORMAT);
        });
        return Objects.requireNonNull(requested.change()).to();
    }

    private static void awaitLive(StreamsSettings settings, String generation) throws TimeoutException {
        try (BoardReader board = new BoardReader(settings.board())) {
            await("generation " + generation + " is not live", () -> {
                Generations now = board.readToEnd(READ_TIMEOUT).generations();
                return now != null && now.live().equals(generation) && !now.isChanging();
            });
        }
    }

    private static boolean isReady(HttpClient http, URI ready) {
        try {
            return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void await(String otherwise, BooleanSupplier condition) throws TimeoutException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(otherwise + " after " + WITHIN.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
