package dev.tally.service.settings;

import static dev.tally.service.settings.KafkaSettings.Client.ADMIN;
import static dev.tally.service.settings.KafkaSettings.Client.PRODUCER;
import static dev.tally.service.settings.KafkaSettings.Client.STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    @Test
    void shouldPassPropertiesToEveryClientAndToOneKind() {
        // given
        Environment environment = Environment.of(
                SampleSettings.NAMES,
                Map.of(
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS", "a:1,b:2",
                        "TALLY_KAFKA_SECURITY_PROTOCOL", "SSL",
                        "TALLY_KAFKA_PRODUCER_LINGER_MS", "7",
                        "TALLY_KAFKA_STREAMS_PRODUCER_LINGER_MS", "9",
                        "TALLY_KAFKA_ADMIN_SECURITY_PROTOCOL", "PLAINTEXT"),
                Map.of());
        KafkaSettings kafka = KafkaSettings.read(environment);

        // then
        assertThat(kafka.properties(PRODUCER, Map.of("linger.ms", 1, "batch.size", 2), Map.of()))
                .containsOnly(
                        Map.entry("bootstrap.servers", "a:1,b:2"),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("linger.ms", "7"),
                        Map.entry("batch.size", 2));
        assertThat(kafka.properties(STREAMS, Map.of(), Map.of()))
                .containsOnly(
                        Map.entry("bootstrap.servers", "a:1,b:2"),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("producer.linger.ms", "9"));
        assertThat(kafka.properties(ADMIN, Map.of(), Map.of()))
                .containsOnly(Map.entry("bootstrap.servers", "a:1,b:2"), Map.entry("security.protocol", "PLAINTEXT"));
        environment.verify();
    }

    @Test
    void shouldNameTheProblemWhenAGuaranteeWouldBeBroken() {
        // given
        Environment environment = Environment.of(
                SampleSettings.NAMES,
                Map.of(
                        "TALLY_KAFKA_PRODUCER_ACKS", "1",
                        "TALLY_KAFKA_ENABLE_IDEMPOTENCE", "true",
                        "TALLY_KAFKA_PRODUCER_BOOTSTRAP_SERVERS", "c:3"),
                Map.of());

        // when
        Map<String, Object> properties = KafkaSettings.read(environment)
                .properties(PRODUCER, Map.of(), Map.of("acks", "all", "enable.idempotence", true));

        // then
        assertThat(properties)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("bootstrap.servers", "127.0.0.1:9092");
        assertThat(environment.problems())
                .containsExactly(
                        "TALLY_KAFKA_PRODUCER_ACKS: 1 (expected: all; a guarantee depends on it)",
                        "TALLY_KAFKA_PRODUCER_BOOTSTRAP_SERVERS: c:3 (expected: TALLY_KAFKA_BOOTSTRAP_SERVERS alone names"
                                + " the brokers)");
    }

    @Test
    void shouldJoinTheBrokersByCommas() {
        // given
        Environment environment =
                Environment.of(SampleSettings.NAMES, Map.of("TALLY_KAFKA_BOOTSTRAP_SERVERS", "y:2, z:3"), Map.of());

        // then
        assertThat(KafkaSettings.read(environment).bootstrapServers()).isEqualTo("y:2,z:3");
    }
}
