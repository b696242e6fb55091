package dev.tally.benchmarks.counting;

import dev.tally.Operation;
import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.load.SkewedCounters;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills {@code tally.events} with hits on skewed counters, the same ones every time, in ordinary batches. */
public final class EventLoader {
    private static final long SEED = 5;

    private EventLoader() {}

    /**
     * Loads the events and waits until the last one is acknowledged.
     *
     * @param over the events occurred evenly over this time before now, in their order
     * @param idEvery one event in every {@code idEvery} has an ID of 36 characters, all different; 0: no event has one
     * @return the digest of the totals that the events add up to
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the same result as the future
    public static String load(
            String bootstrapServers, int partitions, int events, int counters, Duration over, int idEvery) {
        long[] totals = new long[counters];
        SkewedCounters skewed = new SkewedCounters(counters, SEED);
        EventEncoder encoder = EventEncoder.released();
        long lastMillis = System.currentTimeMillis();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.ACKS_CONFIG, "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < events; i++) {
                int counter = skewed.next();
                long delta = 1L + i % 3;
                totals[counter] += delta;
                byte[] key = BenchCounters.key(counter);
                String id = idEvery > 0 && i % idEvery == 0 ? new UUID(SEED, i).toString() : null;
                long occurredAtMillis = lastMillis - over.toMillis() * (events - i) / events;
                byte[] value = encoder.encode(Operation.ADD, delta, id, occurredAtMillis, null);
                producer.send(
                        new ProducerRecord<>(Topics.EVENTS, Placement.partition(key, partitions), key, value),
                        (metadata, exception) -> {
                            if (exception != null) {
                                failure.set(exception);
                            }
                        });
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the events could not be loaded", failure.get());
        }
        return TotalsDigest.of(named(totals));
    }

    private static Map<String, Long> named(long[] totals) {
        Map<String, Long> named = new TreeMap<>();
        for (int counter = 0; counter < totals.length; counter++) {
            if (totals[counter] != 0) {
                named.put(new String(BenchCounters.key(counter), StandardCharsets.UTF_8), totals[counter]);
            }
        }
        return named;
    }
}
