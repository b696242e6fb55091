package dev.tally.benchmarks.counting;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line arguments of a counting process.
 *
 * @param partitions of the log
 * @param events the number of events in the log, all to be counted
 * @param threads the number of threads that count
 * @param stateDirectory the state directory; it does not exist yet
 * @param kept what Tally keeps besides the totals
 */
public record Job(String bootstrapServers, int partitions, long events, int threads, Path stateDirectory, Kept kept) {
    /** The commit interval of the implementations that commit while they count. */
    static final int COMMIT_INTERVAL_MILLIS = 100;

    /** The optional parts of Tally's state. */
    public enum Kept {
        /** The default of Tally. */
        HISTORY_AND_INDEX,
        TOTALS
    }

    static Job parse(String[] arguments) {
        return new Job(
                arguments[0],
                Integer.parseInt(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Path.of(arguments[4]),
                Kept.valueOf(arguments[5]));
    }

    /** The arguments, as {@link #parse} takes them. */
    public List<String> arguments() {
        return List.of(
                bootstrapServers,
                Integer.toString(partitions),
                Long.toString(events),
                Integer.toString(threads),
                stateDirectory.toString(),
                kept.name());
    }
}
