package dev.tally.ingest;

import dev.tally.ingest.log.KafkaConnection;
import dev.tally.ingest.log.LogBounds;
import dev.tally.ingest.log.ProducerProperties;
import dev.tally.schemas.topic.Topics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.HttpSettings;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.RegistrySettings;
import dev.tally.service.settings.Setting;
import dev.tally.service.settings.SettingTypes;
import dev.tally.service.settings.TopicSettings;
import java.util.List;
import java.util.Map;

/**
 * The settings of ingest-api.
 *
 * @param http the listener, if ingest-api has a server of its own
 * @param kafka the connection to the event log
 * @param registry the schema registry, if there is one
 * @param bounds the bounds on in-flight events
 * @param queryUrl the base URL of the query-api that reports the outcome of an event, if it is another process
 */
public record IngestSettings(
        HttpSettings http, KafkaConnection kafka, RegistrySettings registry, LogBounds bounds, String queryUrl) {
    public static final int DEFAULT_PORT = 8080;

    public static final Setting<String> QUERY_URL = new Setting<>(
            "TALLY_INGEST_QUERY_URL",
            null,
            SettingTypes.url(),
            "http://127.0.0.1:8081",
            "The base URL of the query-api that ingest-api asks for the event outcome, for writes with wait.");

    /** The settings of ingest-api alone. */
    public static final List<Setting<?>> ALL = List.of(QUERY_URL);

    /** Reads the settings. The environment reports their problems. */
    public static IngestSettings read(Environment environment) {
        KafkaSettings kafka = KafkaSettings.read(environment);
        TopicSettings given = TopicSettings.read(environment);
        Integer replicationFactor = given.replicationFactor();
        Topics topics = Topics.of(
                given.partitions(), replicationFactor == null ? Topics.REPLICATION_OF_THE_CLUSTER : replicationFactor);
        Map<String, Object> producer = kafka.properties(
                KafkaSettings.Client.PRODUCER, ProducerProperties.DEFAULTS, ProducerProperties.GUARANTEED);
        for (String property : ProducerProperties.FORBIDDEN) {
            if (producer.containsKey(property)) {
                environment.problem(property + " must not be set on the producer: a guarantee depends on its absence");
            }
        }
        Map<String, Object> admin =
                kafka.properties(KafkaSettings.Client.ADMIN, Map.of("client.id", "tally-ingest-admin"), Map.of());
        return new IngestSettings(
                HttpSettings.read(environment, DEFAULT_PORT),
                new KafkaConnection(producer, admin, topics),
                RegistrySettings.read(environment),
                LogBounds.DEFAULT,
                environment.get(QUERY_URL));
    }
}
