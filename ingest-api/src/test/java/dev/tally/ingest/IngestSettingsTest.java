package dev.tally.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.topic.Topics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestSettingsTest {
    private static IngestSettings read(Map<String, String> variables) {
        Environment environment = Environment.of(SettingNames.ALL, variables, Map.of());
        IngestSettings settings = IngestSettings.read(environment);
        environment.verify();
        return settings;
    }

    @Test
    void shouldHaveDefaultsForAll() {
        // when
        IngestSettings settings = read(Map.of());

        // then
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.queryUrl()).isEqualTo("http://127.0.0.1:8081");
        assertThat(settings.kafka().producer())
                .containsEntry("bootstrap.servers", "127.0.0.1:9092")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.block.ms", 0)
                .containsEntry("max.in.flight.requests.per.connection", 1);
        assertThat(settings.kafka().topics()).isEqualTo(Topics.of(12, Topics.REPLICATION_OF_THE_CLUSTER));
    }

    @Test
    void shouldPassClientPropertiesThrough() {
        // when
        IngestSettings settings = read(Map.of(
                "TALLY_KAFKA_BOOTSTRAP_SERVERS", "a:1,b:2",
                "TALLY_KAFKA_PRODUCER_LINGER_MS", "7",
                "TALLY_KAFKA_PRODUCER_COMPRESSION_TYPE", "lz4",
                "TALLY_KAFKA_SECURITY_PROTOCOL", "SSL",
                "TALLY_EVENTS_PARTITIONS", "4",
                "TALLY_REPLICATION_FACTOR", "1"));

        // then
        assertThat(settings.kafka().producer())
                .containsEntry("bootstrap.servers", "a:1,b:2")
                .containsEntry("linger.ms", "7")
                .containsEntry("compression.type", "lz4")
                .containsEntry("security.protocol", "SSL");
        assertThat(settings.kafka().admin())
                .containsEntry("bootstrap.servers", "a:1,b:2")
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("linger.ms");
        assertThat(settings.kafka().topics()).isEqualTo(Topics.of(4, 1));
    }

    @Test
    void shouldTakeAnUrlToAskAndNothingElse() {
        assertThat(read(Map.of("TALLY_INGEST_QUERY_URL", "http://query:81/")).queryUrl())
                .isEqualTo("http://query:81");
        assertThat(catchThrowableOfType(
                                SettingsException.class, () -> read(Map.of("TALLY_INGEST_QUERY_URL", "query:81")))
                        .problems())
                .containsExactly("TALLY_INGEST_QUERY_URL: query:81 (expected: an http:// or https:// URL)");
    }

    /** The bound of the setting equals the bound of receipts, although the settings do not refer to receipts. */
    @Test
    void shouldTakeAsManyPartitionsAsAReceiptHasRoomFor() {
        assertThat(read(Map.of("TALLY_EVENTS_PARTITIONS", "" + Receipts.PARTITIONS_MAX))
                        .kafka()
                        .topics()
                        .events()
                        .partitions())
                .isEqualTo(Receipts.PARTITIONS_MAX);
        assertThat(catchThrowableOfType(
                                SettingsException.class,
                                () -> read(Map.of("TALLY_EVENTS_PARTITIONS", "" + (Receipts.PARTITIONS_MAX + 1))))
                        .problems())
                .containsExactly("TALLY_EVENTS_PARTITIONS: 346 (expected: 1..345)");
    }

    @ParameterizedTest
    @CsvSource({
        "ACKS, 1",
        "ENABLE_IDEMPOTENCE, false",
        "MAX_BLOCK_MS, 100",
        "RETRIES, 3",
        "BUFFER_MEMORY, 1000",
        "DELIVERY_TIMEOUT_MS, 120000",
        "REQUEST_TIMEOUT_MS, 30000",
        "METADATA_MAX_IDLE_MS, 5000",
        "KEY_SERIALIZER, org.apache.kafka.common.serialization.StringSerializer",
        "VALUE_SERIALIZER, org.apache.kafka.common.serialization.StringSerializer",
        "TRANSACTIONAL_ID, mine"
    })
    void shouldRefuseToOverrideWhatCarriesAGuarantee(String property, String value) {
        for (String prefix : new String[] {"TALLY_KAFKA_PRODUCER_", "TALLY_KAFKA_"}) {
            // when
            SettingsException refused =
                    catchThrowableOfType(SettingsException.class, () -> read(Map.of(prefix + property, value)));

            // then
            assertThat(refused).isNotNull();
            assertThat(refused.problems()).singleElement().asString().contains("guarantee");
        }
    }
}
