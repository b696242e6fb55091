package dev.tally.benchmarks.counting;

import java.nio.file.Path;
import java.util.List;

/**
 * What a counting process is told on its command line.
 *
 * @param partitions of the log
 * @param events in the log, all to be counted
 * @param threads that count
 * @param stateDirectory where the state goes; it does not exist yet
 * @param kept what Tally keeps beside the totals
 */
public record Job(String bootstrapServers, int partitions, long events, int threads, Path stateDirectory, Kept kept) {
    /** How often is committed, by whoever commits as it goes. */
    static final int COMMIT_INTERVAL_MILLIS = 100;

    /** What Tally's state can do without. */
    public enum Kept {
        /** As Tally is set up by default. */
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
