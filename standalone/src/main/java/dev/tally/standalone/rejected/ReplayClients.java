package dev.tally.standalone.rejected;

import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.BUFFER_MEMORY_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_BLOCK_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.RETRIES_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.TRANSACTIONAL_ID_CONFIG;

import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.KafkaSettings.Client;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of a replay. */
final class ReplayClients {
    private static final int ANSWER_MAX_MS = 10_000;
    private static final int DELIVERY_MAX_MS = 30_000;
    private static final int IN_FLIGHT_BYTES_MAX = 16 << 20;

    private final KafkaSettings kafka;

    ReplayClients(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** @param isolation {@code read_committed} or {@code read_uncommitted} */
    Consumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> defaults = Map.of(DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MAX_MS);
        Map<String, Object> guaranteed = Map.of(
                ISOLATION_LEVEL_CONFIG,
                isolation,
                ENABLE_AUTO_COMMIT_CONFIG,
                false,
                AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        return new KafkaConsumer<>(
                kafka.properties(Client.CONSUMER, defaults, guaranteed),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    Producer<byte[], byte[]> producer() {
        Map<String, Object> defaults = Map.of(
                LINGER_MS_CONFIG, 5,
                MAX_BLOCK_MS_CONFIG, DELIVERY_MAX_MS,
                DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MAX_MS,
                REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MAX_MS,
                BUFFER_MEMORY_CONFIG, IN_FLIGHT_BYTES_MAX);
        Map<String, Object> guaranteed = Map.of(
                // Reported as appended means that all in-sync replicas have the event, once, and in this order.
                ACKS_CONFIG,
                "all",
                ENABLE_IDEMPOTENCE_CONFIG,
                true,
                RETRIES_CONFIG,
                Integer.MAX_VALUE,
                MAX_REQUEST_SIZE_CONFIG,
                1 << 20);
        Map<String, Object> properties = kafka.properties(Client.PRODUCER, defaults, guaranteed);
        properties.remove(TRANSACTIONAL_ID_CONFIG); // nothing is committed
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
