package dev.tally.benchmarks.counting;

import dev.tally.schemas.topic.Topics;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts with the stock DSL: {@code groupByKey().aggregate()} into RocksDB with its cache and changelog, exactly-once
 * v2, every change of a total forwarded to an output topic. All settings are the defaults except those that make the
 * job the same as Tally's: guarantee, commit interval, threads.
 */
public final class DslCounting {
    /** The topic of the totals. The caller creates it. */
    public static final String OUTPUT = "bench.dsl.totals";

    private static final String APPLICATION_ID = "bench-dsl";

    private DslCounting() {}

    public static void main(String[] arguments) throws Exception {
        Job job = Job.parse(arguments);
        Progress progress = new Progress(System.out);
        CompletableFuture<Void> failed = new CompletableFuture<>();
        try (KafkaStreams streams = new KafkaStreams(topology(), properties(job))) {
            streams.setUncaughtExceptionHandler(thrown -> {
                failed.completeExceptionally(thrown);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            new StreamsRun(APPLICATION_ID, job, progress, failed).watch();
        }
        progress.digest(TotalsDigest.of(FeedTotals.read(job.bootstrapServers(), OUTPUT)));
    }

    static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Topics.EVENTS, Consumed.with(Serdes.ByteArray(), DslRecords.hits()))
                .groupByKey()
                .aggregate(
                        DslRecords.Total::none,
                        (key, hit, total) -> total.plus(hit),
                        Materialized.<byte[], DslRecords.Total, KeyValueStore<Bytes, byte[]>>as("totals")
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(DslRecords.totals()))
                .toStream()
                .to(OUTPUT, Produced.with(Serdes.ByteArray(), DslRecords.totals()));
        return builder.build();
    }

    private static Properties properties(Job job) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, job.stateDirectory().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, job.threads());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Job.COMMIT_INTERVAL_MILLIS);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                FirstRecords.class.getName());
        return properties;
    }
}
