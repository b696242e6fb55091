package dev.tally.streams.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The contents of the state directory of Kafka Streams: {@code APPLICATION/SUBTOPOLOGY_PARTITION/rocksdb/STORE}. */
final class LocalState {
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
}
