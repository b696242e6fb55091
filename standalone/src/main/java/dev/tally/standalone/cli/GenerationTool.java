package dev.tally.standalone.cli;

import dev.tally.schemas.generation.ChangeRefusedException;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.streams.generation.Board;
import dev.tally.streams.generation.BoardClients;
import dev.tally.streams.generation.BoardReader;
import dev.tally.streams.generation.BoardWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Reads and changes the record of the generations for the commands. Returns, or ends the command with a sentence. */
final class GenerationTool implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 20;
    private static final Duration READ_TIMEOUT = Duration.ofMillis(TIMEOUT_MILLIS);

    private final String bootstrapServers;
    private final BoardClients clients;
    private final BoardWriter writer;
    private final Admin admin;
    /** Opened with the first read, and kept: a command that follows a change reads twice a second. */
    private @Nullable BoardReader reader;

    GenerationTool(KafkaSettings kafka) {
        this.bootstrapServers = kafka.bootstrapServers();
        this.clients = BoardClients.of(kafka);
        this.writer = new BoardWriter(clients);
        this.admin = Admin.create(kafka.properties(
                KafkaSettings.Client.ADMIN,
                Map.of(
                        "client.id",
                        "tally-generations",
                        "default.api.timeout.ms",
                        TIMEOUT_MILLIS,
                        "request.timeout.ms",
                        TIMEOUT_MILLIS / 2),
                Map.of()));
    }

    /** The record and the notes as they are now. */
    Board board() throws InterruptedException {
        try {
            if (reader == null) {
                // Before anything reads the topic: a consumer would wait for a topic that does not exist.
                admin.describeTopics(List.of(Topics.GENERATIONS))
                        .allTopicNames()
                        .get();
                reader = new BoardReader(clients);
            }
            return reader.readToEnd(READ_TIMEOUT);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new CommandFailedException(ExitCode.FAILED, notStarted());
            }
            throw unavailable(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } catch (TopicsUnavailableException e) {
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    /** The generations as recorded. */
    Generations generations() throws InterruptedException {
        Generations recorded = board().generations();
        if (recorded == null) {
            throw new CommandFailedException(ExitCode.FAILED, notStarted());
        }
        return recorded;
    }

    private String notStarted() {
        return "Kafka at " + bootstrapServers + " has no record of generations: counter-streams has never run there";
    }

    private CommandFailedException unavailable(String why) {
        return new CommandFailedException(
                ExitCode.FAILED, "Kafka at " + bootstrapServers + " cannot be reached: " + why);
    }

    /** Makes one step. What this tool reads after it is not older. */
    Generations change(UnaryOperator<Generations> step) throws InterruptedException {
        Generations before = generations(); // refuses where counter-streams has never run
        AtomicReference<Generations> replaced = new AtomicReference<>(before); // the one that the step has replaced
        try {
            Generations after = writer.change(now -> {
                if (now == null) {
                    throw new ChangeRefusedException(notStarted());
                }
                replaced.set(now);
                return step.apply(now);
            });
            awaitReadable(replaced, after);
            return after;
        } catch (ChangeRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (TopicsUnavailableException e) {
            throw unavailable(String.valueOf(e.getMessage()));
        }
    }

    /** A transaction is committed a moment before its record can be read. */
    private void awaitReadable(AtomicReference<Generations> before, Generations after) throws InterruptedException {
        if (after.equals(before.get())) {
            return; // nothing was written
        }
        long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        while (generations().equals(before.get()) && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Removes the notes of a generation. */
    void forget(Map<String, String> notes, String generation) {
        Map<String, @Nullable String> gone = new HashMap<>();
        notes.keySet().stream()
                .filter(key -> key.contains("/" + generation + "/"))
                .forEach(key -> gone.put(key, null));
        if (!gone.isEmpty()) {
            writer.post(gone);
        }
    }

    Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
        admin.close(Duration.ZERO);
    }
}
