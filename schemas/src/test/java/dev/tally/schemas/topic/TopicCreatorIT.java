package dev.tally.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.testkit.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicCreatorIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> NAMES = List.of(Topics.EVENTS, Topics.TOTALS, Topics.REJECTED);

    private static TestKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        kafka = TestKafka.started();
        admin = Admin.create(kafka.clientSettings());
    }

    @AfterAll
    static void stop() throws Exception {
        admin.close();
        kafka.close();
    }

    @AfterEach
    void deleteTopics() throws Exception {
        List<String> left = new ArrayList<>(admin.listTopics().names().get());
        left.retainAll(NAMES);
        admin.deleteTopics(left).all().get();
        Awaitility.await().until(() -> admin.listTopics().names().get().stream().noneMatch(NAMES::contains));
    }

    @Test
    void shouldCreateTheTopicsWhenNoneExists() throws Exception {
        // when
        TopicCreator.ensure(admin, Topics.of(12, 1), TIMEOUT);

        // then
        assertThat(admin.describeTopics(NAMES).allTopicNames().get().values())
                .allMatch(topic -> topic.partitions().size() == 12);
        assertThat(config(Topics.EVENTS, "cleanup.policy")).isEqualTo("delete");
        assertThat(config(Topics.EVENTS, "retention.ms")).isEqualTo("-1");
        assertThat(config(Topics.EVENTS, "message.timestamp.type")).isEqualTo("LogAppendTime");
        assertThat(config(Topics.EVENTS, "min.insync.replicas")).isEqualTo("1");
        assertThat(config(Topics.TOTALS, "cleanup.policy")).isEqualTo("compact");
        assertThat(config(Topics.REJECTED, "cleanup.policy")).isEqualTo("delete");
        assertThat(Integer.parseInt(config(Topics.REJECTED, "max.message.bytes")))
                .isGreaterThan(Integer.parseInt(config(Topics.EVENTS, "max.message.bytes")));
    }

    @Test
    void shouldKeepEachEventOnTwoReplicasWhenThereAreThree() throws Exception {
        // given
        TestKafka three = TestKafka.started(3);
        try (Admin replicated = Admin.create(three.clientSettings())) {
            // when
            TopicCreator.ensure(replicated, Topics.of(4, 3), TIMEOUT);

            // then
            assertThat(replicated.describeTopics(NAMES).allTopicNames().get().values())
                    .allMatch(topic -> topic.partitions().get(3).replicas().size() == 3);
            assertThat(config(replicated, Topics.EVENTS, "min.insync.replicas")).isEqualTo("2");
            assertThat(config(replicated, Topics.EVENTS, "unclean.leader.election.enable"))
                    .isEqualTo("false");
            assertThat(Replication.ofEvents(replicated, TIMEOUT)).isEqualTo(new Replication(3, 3, 2));
        } finally {
            three.close();
        }
    }

    @Test
    void shouldSucceedWhenSeveralServicesStartConcurrently() throws Exception {
        // given
        ExecutorService services = Executors.newFixedThreadPool(6);
        List<Future<?>> starts = new ArrayList<>();

        // when
        for (int i = 0; i < 6; i++) {
            starts.add(services.submit(() -> {
                try (Admin own = Admin.create(kafka.clientSettings())) {
                    TopicCreator.ensure(own, Topics.of(4, 1), TIMEOUT);
                }
            }));
        }

        // then
        for (Future<?> start : starts) {
            start.get(60, TimeUnit.SECONDS);
        }
        services.shutdown();
    }

    @Test
    void shouldAcceptWhatAnOperatorMayChange() throws Exception {
        // given
        TopicCreator.ensure(admin, Topics.of(4, 1), TIMEOUT);
        set(Topics.EVENTS, "retention.ms", "86400000");

        // when
        TopicCreator.ensure(admin, Topics.of(4, 1), TIMEOUT);

        // then
        assertThat(config(Topics.EVENTS, "retention.ms")).isEqualTo("86400000");
    }

    @Test
    void shouldNameEachTopicThatDiffers() throws Exception {
        // given: topics created by another program, and one topic missing
        admin.createTopics(
                        List.of(new NewTopic(Topics.EVENTS, 6, (short) 1), new NewTopic(Topics.TOTALS, 4, (short) 1)))
                .all()
                .get();

        // when, then
        assertThatThrownBy(() -> TopicCreator.ensure(admin, Topics.of(4, 1), TIMEOUT))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessage("Topic tally.events has 6 partitions (expected: 4) and message.timestamp.type CreateTime"
                        + " (expected: LogAppendTime)."
                        + " Topic tally.totals has cleanup.policy delete (expected: compact).");
    }

    @Test
    void shouldRefuseALogThatIsCompacted() throws Exception {
        // given
        TopicCreator.ensure(admin, Topics.of(4, 1), TIMEOUT);
        set(Topics.EVENTS, "cleanup.policy", "compact,delete");

        // when, then
        assertThatThrownBy(() -> TopicCreator.ensure(admin, Topics.of(4, 1), TIMEOUT))
                .isInstanceOf(TopicMismatchException.class)
                .hasMessage("Topic tally.events has cleanup.policy compact,delete (expected: delete).");
    }

    @Test
    void shouldThrowWithTheReasonWhenThereAreTooFewBrokers() {
        assertThatThrownBy(() -> TopicCreator.ensure(admin, Topics.of(4, 5), Duration.ofSeconds(2)))
                .isInstanceOf(TopicsUnavailableException.class)
                .hasMessageStartingWith("The topics could not be verified or created: ")
                .hasMessageContaining("replication factor");
    }

    @Test
    void shouldTimeOutWhenKafkaIsUnavailable() {
        // given
        Map<String, Object> nobody = new HashMap<>();
        nobody.put("bootstrap.servers", "127.0.0.1:1");
        long start = System.nanoTime();

        // when, then
        try (Admin away = Admin.create(nobody)) {
            assertThatThrownBy(() -> TopicCreator.ensure(away, Topics.of(4, 1), Duration.ofSeconds(2)))
                    .isInstanceOf(TopicsUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static void set(String topic, String name, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(
                        resource, List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        Awaitility.await().until(() -> config(topic, name).equals(value));
    }

    private static String config(String topic, String name) throws Exception {
        return config(admin, topic, name);
    }

    private static String config(Admin asked, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = asked.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(name).value();
    }
}
