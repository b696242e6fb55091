package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {
    private static final String UNSET = "topic.min.insync.replicas";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEFAULT_TIMESTAMP_EXTRACTOR",
                "DESERIALIZATION_EXCEPTION_HANDLER",
                "DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER",
                "PRODUCTION_EXCEPTION_HANDLER",
                "DEFAULT_PRODUCTION_EXCEPTION_HANDLER",
                "PROCESSING_EXCEPTION_HANDLER",
                "PROCESSOR_WRAPPER_CLASS",
                "DEFAULT_CLIENT_SUPPLIER",
                "PROCESSING_GUARANTEE",
                "GROUP_PROTOCOL",
                "APPLICATION_ID",
                "ROCKSDB_CONFIG_SETTER",
                "STATE_DIR",
                "NUM_STREAM_THREADS",
                "NUM_STANDBY_REPLICAS",
                "APPLICATION_SERVER"
            })
    void shouldRefuseASettingOfStreamsThatCarriesAGuarantee(String name) {
        assertRefused("TALLY_KAFKA_" + name, "org.example.Other");
        assertRefused("TALLY_KAFKA_STREAMS_" + name, "org.example.Other");
    }

    @ParameterizedTest
    @CsvSource({
        "ISOLATION_LEVEL, read_uncommitted",
        "AUTO_OFFSET_RESET, latest",
        "GROUP_INSTANCE_ID, other",
        "SESSION_TIMEOUT_MS, 60000",
        "HEARTBEAT_INTERVAL_MS, 5000",
        "ENABLE_AUTO_COMMIT, true",
        "GROUP_ID, other",
        "INTERCEPTOR_CLASSES, org.example.Other"
    })
    void shouldRefuseASettingOfAConsumerThatCarriesAGuarantee(String name, String value) {
        assertRefused("TALLY_KAFKA_" + name, value);
        for (String prefix :
                new String[] {"", "CONSUMER_", "MAIN_CONSUMER_", "RESTORE_CONSUMER_", "GLOBAL_CONSUMER_"}) {
            assertRefused("TALLY_KAFKA_STREAMS_" + prefix + name, value);
        }
        // TALLY_KAFKA_CONSUMER_ settings are for standalone consumers, not for those of Kafka Streams.
        assertThat(read(Map.of("TALLY_KAFKA_CONSUMER_" + name, value)).streams())
                .doesNotContainValue(value);
    }

    @ParameterizedTest
    @CsvSource({
        "ACKS, 1",
        "ENABLE_IDEMPOTENCE, false",
        "TRANSACTIONAL_ID, other",
        "PARTITIONER_CLASS, org.example.Other",
        "PARTITIONER_IGNORE_KEYS, true",
        "INTERCEPTOR_CLASSES, org.example.Other"
    })
    void shouldRefuseASettingOfTheProducerThatCarriesAGuarantee(String name, String value) {
        assertRefused("TALLY_KAFKA_" + name, value);
        assertRefused("TALLY_KAFKA_STREAMS_" + name, value);
        assertRefused("TALLY_KAFKA_STREAMS_PRODUCER_" + name, value);
    }

    @ParameterizedTest
    @CsvSource({
        "TALLY_KAFKA_STREAMS_COMMIT_INTERVAL_MS, 1000, commit.interval.ms",
        "TALLY_KAFKA_STREAMS_MAX_TASK_IDLE_MS, 5, max.task.idle.ms",
        "TALLY_KAFKA_STREAMS_PRODUCER_LINGER_MS, 5, producer.linger.ms",
        "TALLY_KAFKA_STREAMS_MAIN_CONSUMER_MAX_POLL_RECORDS, 5, main.consumer.max.poll.records",
        "TALLY_KAFKA_STREAMS_TOPIC_MIN_INSYNC_REPLICAS, 2, topic.min.insync.replicas",
        "TALLY_KAFKA_STREAMS_PRODUCER_ACKS, all, producer.acks",
        "TALLY_KAFKA_STREAMS_MAIN_CONSUMER_ISOLATION_LEVEL, read_committed, main.consumer.isolation.level"
    })
    void shouldPassOnWhatCarriesNoGuaranteeOrSaysTheSame(String variable, String value, String property) {
        assertThat(read(Map.of(variable, value)).streams()).containsEntry(property, value);
    }

    @Test
    void shouldLeaveTheReplicasOfTheChangelogInSyncToTheClusterUnlessAFactorIsSet() {
        assertThat(read(Map.of()).streams()).doesNotContainKey(UNSET);
        assertThat(read(Map.of("TALLY_REPLICATION_FACTOR", "2")).streams()).containsEntry(UNSET, "1");
        assertThat(read(Map.of("TALLY_REPLICATION_FACTOR", "3")).streams()).containsEntry(UNSET, "2");
    }

    @Test
    void shouldBeAcceptedByKafkaStreams() {
        // given
        Map<String, Object> properties = new HashMap<>(read(Map.of()).streams());

        // when
        StreamsConfig config = new StreamsConfig(properties);

        // then
        assertThat(config.getMainConsumerConfigs("g", "c", 0)).containsEntry("isolation.level", "read_committed");
        assertThat(config.getProducerConfigs("c")).containsEntry("acks", "all");
        assertThat(config.defaultTimestampExtractor()).isNotNull();
        assertThat(config.productionExceptionHandler()).isNotNull();
        assertThat(config.deserializationExceptionHandler()).isNotNull();
        assertThat(config.processingExceptionHandler()).isNotNull();
    }

    @Test
    void shouldReadTheGapsThatAreAccepted() {
        assertThat(read(Map.of()).acceptedGaps()).isEmpty();
        assertThat(read(Map.of("TALLY_STREAMS_ACCEPT_GAP", "3-1200, 5-80")).acceptedGaps())
                .isEqualTo(Map.of(3, 1_200L, 5, 80L));
        for (String wrong : new String[] {"3", "3-", "-3-4", "3-4,3-5", "3-4,", "3:4", "x-1", "3-4-5"}) {
            assertRefused("TALLY_STREAMS_ACCEPT_GAP", wrong);
        }
    }

    private static void assertRefused(String variable, String value) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .as(variable)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .startsWith(variable + ": " + value + " (expected: "));
    }

    private static StreamsSettings read(Map<String, String> variables) {
        Environment environment = Environment.of(SettingNames.ALL, variables, Map.of());
        StreamsSettings settings = StreamsSettings.read(environment);
        environment.verify();
        return settings;
    }
}
