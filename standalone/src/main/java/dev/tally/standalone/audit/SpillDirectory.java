package dev.tally.standalone.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory for the files of one audit. It is deleted when it is closed, and at a stop by a signal. */
final class SpillDirectory implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    private final Path path;
    private final Thread hook;
    private long files;

    private SpillDirectory(Path path) {
        this.path = path;
        this.hook = new Thread(this::delete, "audit-cleanup");
    }

    /** @throws UncheckedIOException if it cannot be created */
    static SpillDirectory create(Path parent) {
        try {
            SpillDirectory directory = new SpillDirectory(Files.createTempDirectory(parent, "tally-audit-"));
            Runtime.getRuntime().addShutdownHook(directory.hook);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of a file that does not exist yet. */
    Path newFile() {
        return path.resolve(Long.toString(files++));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook deletes it
        }
        delete();
    }

    /** At a stop by a signal, the audit may still be creating files. Without the directory it cannot. */
    private void delete() {
        for (int attempt = 1; attempt <= ATTEMPTS && Files.exists(path); attempt++) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (DirectoryNotEmptyException created) {
                // The next attempt deletes the new file, too.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
