package dev.tally.query.routing;

import dev.tally.protocol.client.ReadClient;
import dev.tally.schemas.read.Ownership;
import dev.tally.service.health.CheckResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the partition ownership. A separate thread asks the instances of counter-streams for it in turn. The directory
 * takes one whole view at a time: the view of one instance may be stale, but it is consistent. The other methods are
 * safe for use by any thread.
 */
final class Directory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    /** Maximum of instances asked in one round, so that a round ends soon even if none of many instances answers. */
    private static final int TRIES_MAX = 4;

    private final Seeds seeds;
    private final ReadClient client;
    private final Pace pace;
    private final OwnershipReadiness readiness = new OwnershipReadiness();
    private final Semaphore refresh = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private volatile @Nullable OwnerTable table;
    /** Empty after a round in which an instance answered. */
    private volatile String condition = "no counter-streams instance has answered yet";
    /** Index of the next instance to ask. Used by the thread of the directory only. */
    private int turn;

    private Directory(Seeds seeds, ReadClient client, Pace pace) {
        this.seeds = seeds;
        this.client = client;
        this.pace = pace;
        this.thread = new Thread(this::run, "query-directory");
        this.thread.setDaemon(true); // an unresponsive name server must not delay the end of the process
    }

    static Directory start(Seeds seeds, ReadClient client, Pace pace) {
        Directory directory = new Directory(seeds, client, pace);
        directory.thread.start();
        return directory;
    }

    /** The latest view, or null until there is one. */
    @Nullable
    OwnerTable table() {
        return table;
    }

    /** Why there is no view, or no newer one. One phrase for people. */
    String condition() {
        return condition;
    }

    /** Triggers a refresh at once, because the view was found to be wrong. Concurrent calls trigger one refresh. */
    void refresh() {
        if (refresh.availablePermits() == 0) {
            refresh.release();
        }
    }

    CheckResult check() {
        return readiness.check(condition);
    }

    private void run() {
        long backoffMillis = pace.firstMillis();
        try {
            while (!isClosed()) {
                boolean complete = poll();
                long pauseMillis = complete ? pace.steadyMillis() : backoffMillis;
                backoffMillis = complete ? pace.firstMillis() : Math.min(2 * backoffMillis, pace.steadyMillis());
                if (refresh.tryAcquire(pauseMillis, TimeUnit.MILLISECONDS)) {
                    // Many threads may request a refresh at once, and repeat it until the view is right. The shortest
                    // pause still applies.
                    closed.await(pace.firstMillis(), TimeUnit.MILLISECONDS);
                    refresh.drainPermits();
                    backoffMillis = pace.firstMillis();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Runs one round and takes the first answer. Returns whether every partition now has an owner. */
    private boolean poll() throws InterruptedException {
        List<String> instances = instances();
        if (instances.isEmpty()) {
            condition = "no address of a counter-streams instance is known";
            return false;
        }
        String reason = "";
        for (int i = 0; i < Math.min(TRIES_MAX, instances.size()); i++) {
            String instance = instances.get(Math.floorMod(turn++, instances.size()));
            try {
                return take(client.ownership(instance).get());
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                reason = "counter-streams at " + instance + ": " + cause.getMessage();
                LOG.debug("Partition ownership request failed: {}", reason);
            }
        }
        if (condition.isEmpty()) {
            LOG.warn("Partition ownership is unavailable: {}", reason);
        }
        condition = reason;
        return false;
    }

    private boolean take(Ownership ownership) {
        OwnerTable latest = OwnerTable.of(ownership);
        readiness.observe(ownership);
        table = latest;
        if (!condition.isEmpty()) {
            LOG.info("Partition ownership is known for {} partitions", latest.partitions());
            condition = "";
        }
        return latest.isComplete();
    }

    /** The instances from the settings, then those from the latest view. */
    private List<String> instances() {
        Set<String> instances = new LinkedHashSet<>(seeds.resolve());
        OwnerTable known = table;
        if (known != null) {
            instances.addAll(known.endpoints());
        }
        return new ArrayList<>(instances);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How often to ask the instances.
     *
     * @param firstMillis the shortest pause, which doubles while answers are missing or incomplete
     * @param steadyMillis the longest pause, which applies once every partition has an owner
     */
    record Pace(long firstMillis, long steadyMillis) {
        static final Pace DEFAULT = new Pace(100, 5_000);
    }
}
