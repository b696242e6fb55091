package dev.tally.streams.runtime;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.streams.state.ServingStores;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients that Kafka Streams would make itself, but for the consumer of events: that one makes requested flushes, and with a
 * schema registry withholds the events that must wait for a schema.
 */
final class EventClients implements KafkaClientSupplier {
    private final ServingStores serving;
    private final SchemaDirectory schemas;
    private final Stalls stalls;
    private final boolean commitsSpaced;

    /** @param commitsSpaced whether commits are left to the commit interval, unless readers wait, at any rate of records */
    EventClients(ServingStores serving, SchemaDirectory schemas, Stalls stalls, boolean commitsSpaced) {
        this.serving = serving;
        this.schemas = schemas;
        this.stalls = stalls;
        this.commitsSpaced = commitsSpaced;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return schemas.hasRegistry()
                ? new GatedConsumer(
                        config, serving::flushesOfThisThread, commitsSpaced, new SchemaGate(schemas::ask, stalls))
                : new RunConsumer(config, serving::flushesOfThisThread, commitsSpaced);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
