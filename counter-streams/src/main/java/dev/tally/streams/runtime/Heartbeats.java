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
 * The membership lease: whether this process can still assume that it is a member of its group. A process that was suspended and
 * resumes does not know at first that another instance has taken over its partitions and moved on. Reads are therefore answered
 * only while every stream thread has recently received a response from the group coordinator.
 *
 * <p>Source: two public metrics of the consumers. {@code heartbeat-total} counts the responses of the coordinator, including
 * errors; {@code sync-total} counts assignments. The first response after a silence may be an error. After an error a member
 * gets no second response until it has given up its partitions and rejoined. After a silence, therefore, only the second response
 * or an assignment renews the lease.
 *
 * <p>One thread calls {@link #refresh}, several times a second; any thread may call {@link #isFresh}.
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
    /** When the coordinator last responded to the member that has waited longest for a response. */
    private volatile long heardAt;

    private volatile boolean joined;

    /**
     * @param metrics the metrics of each stream thread's consumer
     * @param silenceMax the duration of the lease after a response of the coordinator
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
            // A changed metric changed after the previous refresh, which is therefore a safe lower bound of the time.
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
            return; // most metrics
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
