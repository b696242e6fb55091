package dev.tally.standalone.rejected;

import dev.tally.schemas.name.CounterName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What happened to the matching events of one reason. matched = appended + appended earlier + left + not acknowledged. */
final class ReasonCounts {
    /** Further events that are left are counted only. */
    static final int SHOWN_MAX = 20;

    private long matched;
    private long earlier;
    private long left;
    private long due;
    /** Incremented by the producer's thread. */
    private final AtomicLong appended = new AtomicLong();

    private final List<String> shown = new ArrayList<>();

    void matched() {
        matched++;
    }

    /** The event is in the log again already. */
    void earlier() {
        earlier++;
    }

    /** The event is to be appended. */
    void due() {
        due++;
    }

    void appended() {
        appended.incrementAndGet();
    }

    void leave(RejectedEvent event, String why) {
        left++;
        if (shown.size() < SHOWN_MAX) {
            CounterName counter = CounterName.ofKey(event.key());
            shown.add((event.origin() == null ? "-" : event.origin()) + " " + (counter == null ? "-" : counter) + ": "
                    + why);
        }
    }

    long dueCount() {
        return due;
    }

    long appendedCount() {
        return appended.get();
    }

    long leftCount() {
        return left;
    }

    /** One line, and one for each event that is left. */
    List<String> lines(String reason, boolean isPlan) {
        List<String> lines = new ArrayList<>();
        lines.add(reason + ": " + matched + " matched, " + (isPlan ? due + " to append" : appended + " appended") + ", "
                + earlier + " appended earlier, " + left + " left");
        shown.forEach(line -> lines.add("  " + line));
        if (left > shown.size()) {
            lines.add("  and " + (left - shown.size()) + " more");
        }
        return lines;
    }
}
