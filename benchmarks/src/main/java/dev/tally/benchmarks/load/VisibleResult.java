package dev.tally.benchmarks.load;

import java.time.Duration;

/**
 * The result of one load of writes and of reads that wait for them.
 *
 * @param times of the reads: from the write's answer to the read's, which was a 200
 * @param sentAfter how long after the write's answer each read was sent
 * @param asked the number of reads
 * @param late how long after its due time each write was sent
 * @param others the number of reads of other targets that were answered
 * @param cpu the CPU time of the load generator itself
 * @param seconds from the first request to the last answer
 */
public record VisibleResult(
        Durations times,
        Durations sentAfter,
        long asked,
        double writesPerSecond,
        Durations late,
        long others,
        Duration cpu,
        double seconds) {}
