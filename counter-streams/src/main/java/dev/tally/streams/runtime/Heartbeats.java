package dev.tally.streams.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether this process is still a member of its group, as far as it can know. A process that was stopped and wakes up
 * believes for a while that its partitions are still its own, when another instance has long taken them over and moved on;
 * so a plain read is answered only while every stream thread has heard from the group's coordinator lately.
 *
 * <p>Source: the consumers' public metrics {@code heartbeat-total}, which counts the coordinator's answers, refusals
 * among them, and {@code sync-total}, which counts assignments. A first answer after a silence may be a refusal, and a
 * member that was refused gets no second one before it has given up its partitions and joined again: so after a silence
 * only the second answer, or an assignment, counts.
 *
 * <p>{@link #refresh} is called by one thread, several times a second; {@link #isFresh} by any.
 */
final class Heartbeats {
    private static final String GROUP = "consumer-coordinator-metrics";
    private static final String BEATS = "heartbeat-total";
    private static final String SYNCS = "sync-total";
    private static final String CLIENT_ID = "client-id";

    private final Supplier<List<Map<MetricName, ? extends Metric>>> metrics;
    private final LongSupplier nanoTime;
    private final long silenceNanosMax;
    private final Map<String, Member> members = new HashMap<>();

    private long refreshedAt;
    /** When the member that has been silent for longest last heard from the coordinator. */
    private volatile long heardAt;

    private volatile boolean joined;

    /**
     * @param metrics of each stream thread's consumer
     * @param silenceMax how long an answer of the coordinator vouches for the membership
     */
    Heartbeats(Supplier<List<Map<MetricName, ? extends Metric>>> metrics, LongSupplier nanoTime, Duration silenceMax) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.silenceNanosMax = silenceMax.toNanos();
        this.refreshedAt = nanoTime.getAsLong();
    }

    boolean isFresh() {
        return joined && nanoTime.getAsLong() - heardAt <= silenceNanosMax;
    }

    void refresh() {
        long previous = refreshedAt;
        refreshedAt = nanoTime.getAsLong();
        Map<String, Counts> counts = counts();
        members.keySet().retainAll(counts.keySet());
        long oldest = refreshedAt;
        boolean allJoined = !counts.isEmpty();
        for (Map.Entry<String, Counts> entry : counts.entrySet()) {
            Member member = members.computeIfAbsent(entry.getKey(), id -> new Member());
            // What changed did so after the last look: that much is certain.
            member.observe(entry.getValue(), previous, refreshedAt - silenceNanosMax);
            allJoined &= member.joined;
            oldest = Math.min(oldest, member.heardAt);
        }
        heardAt = oldest;
        joined = allJoined;
    }

    private Map<String, Counts> counts() {
        Map<String, Counts> counts = new HashMap<>();
        metrics.get().forEach(consumer -> consumer.forEach((name, metric) -> count(name, metric, counts)));
        return counts;
    }

    private static void count(MetricName name, Metric metric, Map<String, Counts> counts) {
        if (!name.group().equals(GROUP)) {
            return; // most of them
        }
        String client = name.tags().get(CLIENT_ID);
        if (client != null && metric.metricValue() instanceof Double value) {
            if (name.name().equals(BEATS)) {
                counts.computeIfAbsent(client, id -> new Counts()).beats = value.longValue();
            } else if (name.name().equals(SYNCS)) {
                counts.computeIfAbsent(client, id -> new Counts()).syncs = value.longValue();
            }
        }
    }

    private static final class Counts {
        private long beats;
        private long syncs;
    }

    private static final class Member {
        private boolean joined;
        private boolean doubted;
        private long beats;
        private long syncs;
        private long heardAt;

        void observe(Counts now, long since, long silentBefore) {
            boolean assigned = now.syncs > syncs;
            boolean answered = now.beats > beats;
            boolean silent = heardAt - silentBefore < 0;
            syncs = now.syncs;
            beats = now.beats;
            if (assigned) {
                joined = true;
                doubted = false;
                heardAt = since;
            } else if (answered && joined) {
                if (silent && !doubted) {
                    doubted = true;
                } else {
                    doubted = false;
                    heardAt = since;
                }
            }
        }
    }
}
