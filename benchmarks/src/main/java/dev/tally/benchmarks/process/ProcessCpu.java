package dev.tally.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** The CPU time, user and system, that Linux accounts to processes. Its resolution is 10 ms. */
public final class ProcessCpu {
    /** USER_HZ: the unit of /proc is 1/100 s for every program, regardless of the kernel's tick rate. */
    private static final long TICKS_PER_SECOND = 100;

    // Fields of /proc/PID/stat, counted from the one after the command's closing parenthesis (the state, field 3 of
    // proc(5)).
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    private ProcessCpu() {}

    /** The total CPU time of a running process so far. */
    public static Duration of(long pid) {
        String[] fields = fields(Path.of("/proc/" + pid + "/stat"));
        return ticks(Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]));
    }

    /**
     * The total CPU time of the children of this process that have ended and been waited for. The difference before and
     * after one child is the CPU time of that child, including its start and end, unless another child ends meanwhile.
     */
    public static Duration ofEndedChildren() {
        String[] fields = fields(Path.of("/proc/self/stat"));
        return ticks(Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CSTIME]));
    }

    private static String[] fields(Path stat) {
        try {
            String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        } catch (NoSuchFileException e) {
            throw new BenchException(stat + " does not exist: the process has ended, or this is not Linux", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration ticks(long ticks) {
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
