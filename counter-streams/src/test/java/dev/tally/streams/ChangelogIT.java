package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.service.lifecycle.RefusedException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The changelog topic is created with the required configuration. A topic with another configuration is refused. */
class ChangelogIT extends StreamsFixture {
    private static final String CHANGELOG = "tally-g1-counters-changelog";

    @Test
    void shouldLeaveTheReplicasInSyncToTheClusterWhenNoReplicationFactorIsSet() throws Exception {
        // when
        start();

        // then
        Config config = config();
        assertThat(config.get("min.insync.replicas").source())
                .isNotEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        assertThat(config.get("min.compaction.lag.ms").value()).isEqualTo("3600000");
    }

    @Test
    void shouldRefuseAnotherPolicyUntilTheCommandThatItPrintsWasRun() throws Exception {
        // given
        create(RealBroker.PARTITIONS, Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime"));

        // when
        String sentence = refusal();

        // then
        assertThat(sentence)
                .contains(
                        CHANGELOG,
                        "cleanup.policy delete (expected: compact)",
                        "min.compaction.lag.ms 0 (expected: at least 3600000)");

        // when
        String command = "scripts/tally kafka configs ";
        String arguments = sentence.substring(sentence.indexOf(command) + command.length());
        kafka.admin.ConfigCommand.main(
                ("--bootstrap-server " + broker.bootstrapServers() + " " + arguments).split(" "));
        await().atMost(PATIENCE)
                .until(() -> config().get("cleanup.policy").value().equals("compact"));
        start();

        // then
        broker.append("shop/cart", Operation.ADD, 2);
        awaitTotal("shop/cart", 2);
    }

    @Test
    void shouldRefuseAnotherNumberOfPartitions() throws Exception {
        // given
        create(7, Map.of());

        // when / then
        streams = CounterStreamsMain.start(settings(null));
        assertThat(sentence()).contains("Topic " + CHANGELOG + " has 7 partitions (expected: 4");
    }

    private String refusal() throws Exception {
        streams = CounterStreamsMain.start(settings(null));
        await().atMost(PATIENCE).until(() -> streams.failure().isCompletedExceptionally());
        assertThat(get("/readyz").body()).contains(CHANGELOG);
        Throwable failure = streams.failure().handle((nothing, cause) -> cause).join();
        assertThat(failure).isInstanceOf(RefusedException.class);
        streams.close();
        return ((RefusedException) failure).sentence();
    }

    private void create(int partitions, Map<String, String> configs) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(CHANGELOG, partitions, (short) 1).configs(configs)))
                    .all()
                    .get();
        }
    }

    private Config config() throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, CHANGELOG);
        try (Admin admin = admin()) {
            return admin.describeConfigs(List.of(topic)).all().get().get(topic);
        }
    }
}
