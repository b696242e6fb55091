package dev.tally.streams;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.streams.runtime.EventRate;
import dev.tally.streams.runtime.OffsetLimit;
import dev.tally.streams.runtime.RuntimeOptions;
import dev.tally.streams.runtime.StreamsRuntime;
import dev.tally.streams.state.rocksdb.StateMemory;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.topology.CountingMetrics;
import dev.tally.streams.topology.Feeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** An instance of a generation that counts with a limit and a switch for the feeds, without HTTP. */
final class CountingInstance implements AutoCloseable {
    private static final int THREADS = 2;

    final OffsetLimit limit = new OffsetLimit();
    final Feeds feeds;
    final CountingMetrics metrics = new CountingMetrics();
    private final ServingStores serving = new ServingStores();
    private final SchemaDirectory schemas = SchemaDirectory.ofReleased();
    private final StreamsRuntime runtime;

    /**
     * Starts to count.
     *
     * @param memory closed by its owner, after this instance
     */
    CountingInstance(
            StreamsSettings settings,
            StateMemory memory,
            String applicationId,
            Path stateDir,
            Map<Integer, Long> limits,
            boolean feedsOn) {
        limit.set(limits);
        feeds = new Feeds(feedsOn);
        runtime = new StreamsRuntime(schemas, serving, metrics, limit, new EventRate(System::nanoTime), feeds, memory);
        runtime.start(new RuntimeOptions(
                applicationId,
                InstanceId.of(stateDir),
                "127.0.0.1:1",
                stateDir,
                settings.parameters(),
                THREADS,
                0,
                settings.partitions(),
                settings.replicationFactor(),
                settings.acceptedGaps(),
                settings.streams(),
                settings.admin()));
    }

    /** The committed offset of each partition; empty before Kafka Streams runs. */
    List<Long> committed() throws InterruptedException {
        try {
            return Arrays.stream(
                            runtime.committedOffsets().toCompletableFuture().get())
                    .boxed()
                    .toList();
        } catch (ExecutionException e) {
            return List.of(); // not yet, or not while the coordinator of the group moves
        }
    }

    /** The partitions that this instance serves now. */
    Set<Integer> partitions() {
        return serving.partitions();
    }

    /** The last applied offset of a partition, if this instance serves it. */
    Long applied(int partition) {
        ServingStores.Lease lease = serving.lease(partition);
        return lease == null ? null : lease.view().position().offset();
    }

    /** The total of a counter in a partition that this instance serves; null if the counter is unknown. */
    Long total(int partition, byte[] key) {
        var counter = serving.lease(partition).view().read(key);
        return counter == null ? null : counter.total();
    }

    @Override
    public void close() {
        runtime.close();
        schemas.close();
    }
}
