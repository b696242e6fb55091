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
 * The directory one Tally keeps everything in, held by a lock of the operating system: it is gone when the process is, however it ended. The
 * lock file names the holder's process id, for the next one to say who is in the way.
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
     * Creates the directory if it is missing and takes it for this process.
     *
     * @throws RefusedException if another Tally has it, or it cannot be written
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
     * The same after a check that may refuse: a directory that is in use is refused first, and nothing is made before the
     * check has passed.
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

    /** As it was named. */
    public Path given() {
        return given;
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    /** Where the broker keeps its logs. */
    public Path kafka() {
        return kafka(path);
    }

    /** The same, of a directory that is not taken yet. */
    static Path kafka(Path directory) {
        return directory.toAbsolutePath().normalize().resolve("kafka");
    }

    /** Where counter-streams keeps its state; may be deleted while Tally is down, the totals come back from Kafka. */
    public Path streams() {
        return path.resolve("streams");
    }

    /** Closing the channel gives the lock back. The file stays: removing it would let two processes lock two files of one name. */
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
            // The lock goes with the process at the latest.
        }
    }
}
