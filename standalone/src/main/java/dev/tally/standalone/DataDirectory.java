package dev.tally.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tally.service.lifecycle.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which one Tally keeps all its data. It is held by a file lock of the operating system, which is
 * released when the process ends, however it ends. The lock file contains the process ID of the holder, so that another
 * process can name it.
 */
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK_FILE = "tally.lock";
    private static final int PID_BYTES_MAX = 32;

    private final Path given;
    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path given, Path path, FileChannel channel) {
        this.given = given;
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the directory if it is missing and locks it for this process.
     *
     * @throws RefusedException if another Tally holds it, or it cannot be written
     */
    public static DataDirectory take(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(LOCK_FILE), CREATE, READ, WRITE);
            if (!lock(channel)) {
                RefusedException inUse = new RefusedException(
                        "Data directory " + directory + " is in use by another Tally (pid " + readPid(channel) + ")");
                channel.close();
                throw inUse;
            }
            writePid(channel);
            return new DataDirectory(directory, path, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new RefusedException("Data directory " + directory + " cannot be used: " + e);
        }
    }

    /**
     * The same, with a check that may refuse. A directory in use is refused before the check, and nothing is created
     * before the check has passed.
     */
    static DataDirectory take(Path directory, Runnable check) {
        boolean isNew = !Files.exists(directory.resolve(LOCK_FILE));
        if (isNew) {
            check.run();
            return take(directory);
        }
        DataDirectory taken = take(directory);
        try {
            check.run();
            return taken;
        } catch (RuntimeException | Error e) {
            taken.close();
            throw e;
        }
    }

    /** The path as given. */
    public Path given() {
        return given;
    }

    /** The absolute path. */
    public Path path() {
        return path;
    }

    /** The directory of the broker's logs. */
    public Path kafka() {
        return kafka(path);
    }

    /** The same, for a directory that is not locked yet. */
    static Path kafka(Path directory) {
        return directory.toAbsolutePath().normalize().resolve("kafka");
    }

    /**
     * The state directory of counter-streams. It may be deleted while Tally is stopped; the totals are restored from
     * Kafka.
     */
    public Path streams() {
        return path.resolve("streams");
    }

    /**
     * Closing the channel releases the lock. The file stays: removing it would let two processes lock two files of the
     * same name.
     */
    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static void writePid(FileChannel channel) throws IOException {
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid), 0);
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(PID_BYTES_MAX);
        channel.read(pid, 0);
        return US_ASCII.decode(pid.flip()).toString();
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException nothingLeftToGiveBack) {
            // The lock is released when the process ends at the latest.
        }
    }
}
