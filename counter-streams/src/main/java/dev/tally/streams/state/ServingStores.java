package dev.tally.streams.state;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this instance serves as their active owner: each from the moment its state is restored and its counting
 * open until counting closes.
 *
 * <p>Stores announce and withdraw themselves on their stream thread; any thread looks them up. Kept here rather than
 * asked of {@code KafkaStreams.store}, which throws through every rebalance, also for the partitions that stay.
 */
public final class ServingStores {
    private final ConcurrentHashMap<Integer, Lease> byPartition = new ConcurrentHashMap<>();
    private final ThreadLocal<ThreadFlushes> flushes;

    public ServingStores() {
        this(System::nanoTime);
    }

    /** @param nanoTime paces the flushes that readers request */
    public ServingStores(LongSupplier nanoTime) {
        this.flushes = ThreadLocal.withInitial(() -> new ThreadFlushes(nanoTime));
    }

    /** The requested flushes of the stores that the calling stream thread serves. */
    public ThreadFlushes flushesOfThisThread() {
        return flushes.get();
    }

    /** The lease to read a partition under, or null while this instance does not serve it. */
    public @Nullable Lease lease(int partition) {
        return byPartition.get(partition);
    }

    /**
     * Whether the lease still stands. A store withdraws before it forgets anything, so what was read under a lease that
     * stands afterwards was read from whole state.
     */
    public boolean holds(Lease lease) {
        return byPartition.get(lease.partition) == lease;
    }

    public Set<Integer> partitions() {
        return Set.copyOf(byPartition.keySet());
    }

    Lease announce(int partition, CounterView view) {
        Lease lease = new Lease(partition, view);
        byPartition.put(partition, lease);
        return lease;
    }

    void withdraw(Lease lease) {
        byPartition.remove(lease.partition, lease);
    }

    /** One uninterrupted time of serving a partition; the next one is another lease, though the store be the same. */
    public static final class Lease {
        private final int partition;
        private final CounterView view;

        private Lease(int partition, CounterView view) {
            this.partition = partition;
            this.view = view;
        }

        public CounterView view() {
            return view;
        }
    }
}
