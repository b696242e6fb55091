package dev.tally.system.log;

import dev.tally.Operation;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A stock producer that appends arbitrary records to any partition of {@code tally.events}. */
public final class Poison implements AutoCloseable {
    private static final int OPERATION_AT = 5;

    private final KafkaProducer<byte[], byte[]> producer;
    private final int partitions;

    public Poison(String kafka, int partitions) {
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "system-tests",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        20_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        10_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A valid event that adds {@code delta}. */
    public static byte[] add(long delta) {
        return EventEncoder.released().encode(Operation.ADD, delta, null, 1_700_000_000_000L, "stock");
    }

    /** An event that adds {@code delta}, with an ID and a source that are not validated. */
    public static byte[] add(long delta, @Nullable String id, @Nullable String source) {
        return EventEncoder.released().encode(Operation.ADD, delta, id, 1_700_000_000_000L, source);
    }

    /** A valid event with an operation that the current version does not know. */
    public static byte[] operationOfTheFuture() {
        byte[] event = add(1);
        event[OPERATION_AT] = 0; // the symbol UNKNOWN, as which the operations of a newer writer are read
        return event;
    }

    /**
     * A producer with an open transaction. Its records are in the log, but are not counted before the transaction is
     * committed.
     */
    public static KafkaProducer<byte[], byte[]> transaction(String kafka) {
        KafkaProducer<byte[], byte[]> open = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "system-tests"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        open.initTransactions();
        open.beginTransaction();
        return open;
    }

    /** Appends to the partition of the key, or to the first partition if there is no key. */
    public RecordMetadata put(byte @Nullable [] key, byte @Nullable [] value) {
        return put(key == null ? 0 : belongsTo(key), key, value);
    }

    public RecordMetadata put(int partition, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            return producer.send(new ProducerRecord<>(Topics.EVENTS, partition, key, value))
                    .get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The record was not appended", e);
        }
    }

    public int belongsTo(byte[] key) {
        return Placement.partition(key, partitions);
    }

    @Override
    public void close() {
        producer.close();
    }
}
