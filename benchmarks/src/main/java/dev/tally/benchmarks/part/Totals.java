package dev.tally.benchmarks.part;

import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/** Verifies a whole Tally: once everything is counted, its totals equal the log, with each event counted once. */
final class Totals {
    private static final Duration COUNTED_WITHIN = Duration.ofMinutes(2);
    private static final String LIST = "/v1/counters/" + BenchCounters.NAMESPACE + "?limit=1000";
    private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    private Totals() {}

    /**
     * Waits until the sum of all totals equals the number of events in the log, each of which adds one.
     *
     * @throws BenchException if the sum is ever larger, or does not reach that number
     */
    static void awaitCounted(HttpChild reads, Broker broker, int partitions) {
        try (Admin admin = broker.admin()) {
            reads.child()
                    .awaitReady(
                            () -> isCounted(reads, () -> broker.records(admin, Topics.EVENTS, partitions)),
                            COUNTED_WITHIN);
        }
    }

    /**
     * The log is read after the totals, because a request that was cut off by the end of the load may still be in
     * progress.
     */
    private static boolean isCounted(HttpChild reads, LongSupplier log) {
        OptionalLong sum = sum(reads);
        if (sum.isEmpty()) {
            return false;
        }
        long events = log.getAsLong();
        if (sum.getAsLong() > events) {
            throw new BenchException("the totals add up to " + sum.getAsLong() + " of " + events + " events");
        }
        return sum.getAsLong() == events;
    }

    /** Empty while the totals cannot be read. */
    private static OptionalLong sum(HttpChild reads) {
        long sum = 0;
        String target = LIST;
        while (true) {
            Optional<String> page = reads.found(target);
            if (page.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += sumOf(page.get());
            Optional<String> next = next(page.get());
            if (next.isEmpty()) {
                return OptionalLong.of(sum);
            }
            target = LIST + "&cursor=" + next.get();
        }
    }

    /** The cursor of the next page. */
    static Optional<String> next(String page) {
        Matcher next = NEXT.matcher(page);
        return next.find() ? Optional.of(next.group(1)) : Optional.empty();
    }

    static long sumOf(String page) {
        return TOTAL.matcher(page)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }
}
