package dev.tally.streams;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.TotalDecoder;
import dev.tally.testkit.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker in this process, with a plain producer and consumer for its topics. */
public final class RealBroker {
    public static final int PARTITIONS = 4;

    private final TestKafka kafka = TestKafka.started();
    private final KafkaProducer<byte[], byte[]> producer;
    private final EventEncoder encoder = EventEncoder.released();

    public RealBroker() {
        producer = new KafkaProducer<>(kafka.clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Appends an event to the partition of its counter; returns its offset. */
    long append(String name, Operation operation, long value) throws Exception {
        return append(name, operation, value, null);
    }

    long append(String name, Operation operation, long value, String id) throws Exception {
        return append(name, operation, value, id, 1_000);
    }

    long append(String name, Operation operation, long value, String id, long occurredAt) throws Exception {
        return appendLater(name, operation, value, id, occurredAt).get().offset();
    }

    /** Appends an event without waiting for it. */
    Future<RecordMetadata> appendLater(String name, Operation operation, long value, String id, long occurredAt) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        byte[] event = encoder.encode(operation, value, id, occurredAt, "test");
        return producer.send(new ProducerRecord<>(Topics.EVENTS, Placement.partition(key, PARTITIONS), key, event));
    }

    long append(int partition, byte[] key, byte[] value) throws Exception {
        return producer.send(new ProducerRecord<>(Topics.EVENTS, partition, key, value))
                .get()
                .offset();
    }

    /** A producer with an open transaction. Its records are in the log but may not be counted yet. */
    KafkaProducer<byte[], byte[]> transaction() {
        KafkaProducer<byte[], byte[]> open = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "transactional.id", "open"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        open.initTransactions();
        open.beginTransaction();
        return open;
    }

    /** Appends a hit within an open transaction; returns its offset. */
    long append(KafkaProducer<byte[], byte[]> open, String name) throws Exception {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        byte[] event = encoder.encode(Operation.ADD, 1, null, 1_000, null);
        return open.send(new ProducerRecord<>(Topics.EVENTS, Placement.partition(key, PARTITIONS), key, event))
                .get()
                .offset();
    }

    /** Appends an event for each name; waits only once, for all of them. */
    void appendAll(List<String> names, long value) {
        for (String name : names) {
            byte[] key = name.getBytes(StandardCharsets.UTF_8);
            var unused = producer.send(new ProducerRecord<>(
                    Topics.EVENTS,
                    Placement.partition(key, PARTITIONS),
                    key,
                    encoder.encode(Operation.ADD, value, null, 1_000, null)));
        }
        producer.flush();
    }

    /** All committed records of a topic, in offset order within each partition. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return kafka.committedRecords(topic);
    }

    /** The latest total of each counter in the feed. */
    Map<String, Long> feed() {
        TotalDecoder decoder = TotalDecoder.released();
        Map<String, Long> totals = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.TOTALS)) {
            String name = String.valueOf(CounterName.ofKey(record.key()));
            if (record.value() == null) {
                totals.remove(name);
            } else if (decoder.decode(record.value())) {
                totals.put(name, decoder.total());
            } else {
                throw new AssertionError(decoder.problem());
            }
        }
        return totals;
    }

    public void close() {
        producer.close();
        kafka.close();
    }
}
