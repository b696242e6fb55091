package dev.tally.streams.snapshot;

import dev.tally.streams.generation.BoardClients;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients that write and read snapshots, with the settings of those of the record of the generations. */
final class SnapshotClients {
    private static final String CLIENT_ID = "tally-snapshots";
    /** One seeder writes at a time: the next one fences it. */
    private static final String SEED_TRANSACTIONAL_ID = "tally-snapshots-seed";

    private static final int BATCH_BYTES_MAX = 128 << 10;
    private static final long BUFFER_BYTES_MAX = 4L << 20;
    private static final int LINGER_MILLIS = 20;
    private static final int DELIVERY_MILLIS_MAX = 60_000;
    private static final int REQUEST_MILLIS_MAX = 20_000;

    private final BoardClients clients;

    SnapshotClients(BoardClients clients) {
        this.clients = clients;
    }

    KafkaProducer<byte[], byte[]> writer() {
        return producer(Map.of());
    }

    KafkaProducer<byte[], byte[]> seeder() {
        return producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, SEED_TRANSACTIONAL_ID));
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(clients.producer());
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES_MAX);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES_MAX);
        all.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS_MAX);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS_MAX);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS_MAX);
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, DELIVERY_MILLIS_MAX);
        all.putAll(more);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A record that was deleted must not be skipped silently. */
    KafkaConsumer<byte[], byte[]> reader() {
        Map<String, Object> all = new HashMap<>(clients.consumer());
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
