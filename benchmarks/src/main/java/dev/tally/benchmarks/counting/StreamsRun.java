package dev.tally.benchmarks.counting;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** Watches a Streams application of this process count the whole log once, and reports its start and its end. */
final class StreamsRun {
    private static final int LOOK_EVERY_MILLIS = 50;
    private static final int FIRST_WITHIN_SECONDS = 60;
    private static final long COUNTED_WITHIN_SECONDS = 600;

    private final String applicationId;
    private final Job job;
    private final Progress progress;
    private final CompletableFuture<Void> failed;

    /** @param failed completed exceptionally if the application cannot go on */
    StreamsRun(String applicationId, Job job, Progress progress, CompletableFuture<Void> failed) {
        this.applicationId = applicationId;
        this.job = job;
        this.progress = progress;
        this.failed = failed;
    }

    /** Waits until every event is applied and committed: with exactly-once, until the last transaction is committed. */
    void watch() throws ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture.anyOf(FirstRecords.seen(), failed).get(FIRST_WITHIN_SECONDS, TimeUnit.SECONDS);
        Moment first = FirstRecords.seen().get();
        progress.first();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers()))) {
            while (committed(admin) < job.events()) {
                if (System.nanoTime() - first.clockNanos() > TimeUnit.SECONDS.toNanos(COUNTED_WITHIN_SECONDS)) {
                    throw new TimeoutException("not counted within " + COUNTED_WITHIN_SECONDS + " s");
                }
                failAfter(LOOK_EVERY_MILLIS);
            }
            progress.counted(first, Moment.now());
        }
    }

    private long committed(Admin admin) throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(applicationId, new ListConsumerGroupOffsetsOptions().requireStable(true))
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** Waits for this time. Throws as soon as the application fails. */
    private void failAfter(int millis) throws ExecutionException, InterruptedException {
        try {
            failed.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It has not failed.
        }
    }
}
