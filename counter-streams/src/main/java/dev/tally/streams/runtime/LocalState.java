package dev.tally.streams.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contents of the state directory of Kafka Streams: {@code APPLICATION/SUBTOPOLOGY_PARTITION/rocksdb/STORE}. */
public final class LocalState {
    private static final Logger LOGGER = LoggerFactory.getLogger(LocalState.class);

    private LocalState() {}

    /** Whether the directory contains the state of any partition. */
    static boolean exists(Path stateDir, String applicationId) {
        Path application = stateDir.resolve(applicationId);
        if (!Files.isDirectory(application)) {
            return false;
        }
        try (Stream<Path> tasks = Files.list(application)) {
            return tasks.anyMatch(task -> Files.isDirectory(task.resolve("rocksdb")));
        } catch (IOException e) {
            throw new UncheckedIOException("The state directory " + stateDir + " cannot be read", e);
        }
    }

    /** Deletes the state of an application that is closed. What cannot be deleted stays, with a warning. */
    public static void delete(Path stateDir, String applicationId) {
        Path application = stateDir.resolve(applicationId);
        if (!Files.isDirectory(application)) {
            return;
        }
        try (Stream<Path> files = Files.walk(application)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOGGER.warn("The directory {} could not be deleted; it is of no use any more", application, e);
        }
    }
}
