package dev.tally.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory of a benchmark's data and logs while it runs, named by its PID. */
public final class WorkDirectory {
    private WorkDirectory() {}

    /**
     * Creates the directory of this process, and deletes those of processes that no longer run: a killed benchmark
     * leaves gigabytes.
     */
    public static Path create(Path parent) {
        try {
            Files.createDirectories(parent);
            try (Stream<Path> directories = Files.list(parent)) {
                directories.filter(directory -> !isInUse(directory)).forEach(WorkDirectory::delete);
            }
            return Files.createDirectory(
                    parent.resolve(Long.toString(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a directory and its content. Does nothing if it does not exist. */
    public static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The total size of all files in a directory, in bytes; 0 if it does not exist. */
    public static long bytes(Path tree) {
        if (!Files.exists(tree)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            return all.mapToLong(path -> path.toFile().isFile() ? path.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInUse(Path directory) {
        long pid = Long.parseLong(directory.getFileName().toString());
        return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
    }
}
