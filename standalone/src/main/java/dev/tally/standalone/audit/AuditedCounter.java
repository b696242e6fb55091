package dev.tally.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.read.Receipt;
import org.jspecify.annotations.Nullable;

/** One counter, counted again event by event and compared with the live state at the right offsets. */
final class AuditedCounter {
    private final byte[] key;
    private final int number;
    /** Null if the API did not list the counter. */
    private final @Nullable CounterValue live;
    /** Ascending. The counter must be as the API showed it at one of these offsets. */
    private final long[] compareAt;

    /** Null if the counter does not exist. */
    private @Nullable CounterValue counted;

    private int compared;
    private boolean agrees;
    /** The value at the last comparison. */
    private @Nullable CounterValue countedThen;

    private AuditedCounter(byte[] key, int number, @Nullable CounterValue live, long[] compareAt) {
        this.key = key;
        this.number = number;
        this.live = live;
        this.compareAt = compareAt;
    }

    /** @param number identifies the counter within its bucket */
    static AuditedCounter listed(BucketEntry.Claim claim, int number) {
        return new AuditedCounter(claim.key(), number, claim.value(), new long[] {claim.offset()});
    }

    static AuditedCounter unlisted(byte[] key, int number, long[] missingAt) {
        return new AuditedCounter(key, number, null, missingAt);
    }

    /** The next event of the counter, in offset order. */
    void apply(BucketEntry.Event event, AppliedIds ids) {
        compareBefore(event.offset());
        if (compared == compareAt.length) {
            return;
        }
        String id = event.id();
        if (id != null && ids.isApplied(number, id, event.streamTime())) {
            return; // a duplicate, or an ID that was reused with other content: neither changes anything
        }
        if (apply(event) && id != null) {
            ids.remember(number, id, event.streamTime());
        }
    }

    /** Returns false if the event is rejected because the total would exceed 64 bits. */
    private boolean apply(BucketEntry.Event event) {
        long before = counted == null ? 0 : counted.total();
        switch (event.operation()) {
            case ADD -> {
                try {
                    counted = new CounterValue(Math.addExact(before, event.value()), event.streamTime());
                } catch (ArithmeticException overflow) {
                    return false;
                }
            }
            case SET -> counted = new CounterValue(event.value(), event.streamTime());
            case DELETE -> counted = null;
            case UNKNOWN -> throw new AssertionError("counting stops at such an event");
        }
        return true;
    }

    private void compareBefore(long offset) {
        while (compared < compareAt.length && compareAt[compared] < offset) {
            countedThen = counted;
            agrees |= live == null ? counted == null : live.equals(counted);
            compared++;
        }
    }

    /** Reports the result after the last event. */
    void report(int partition, Findings findings) {
        compareBefore(Long.MAX_VALUE);
        if (!agrees) {
            Receipt at = new Receipt(partition, compareAt[compareAt.length - 1]);
            findings.add(new Mismatch(new String(key, UTF_8), live, countedThen, at));
        } else if (live != null) {
            findings.addAgreeing();
        }
    }
}
