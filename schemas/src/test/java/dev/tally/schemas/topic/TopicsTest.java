package dev.tally.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void shouldRequireTwoReplicasOnlyWhenOneMayBeUnavailable() {
        assertThat(replicasAsked(1)).isEqualTo("1");
        assertThat(replicasAsked(2)).isEqualTo("1");
        assertThat(replicasAsked(3)).isEqualTo("2");
        assertThat(replicasAsked(5)).isEqualTo("2");
        assertThat(replicasAsked(Topics.REPLICATION_OF_THE_CLUSTER)).isNull();
    }

    @Test
    void shouldHaveTheSameNumberOfPartitionsInEachTopic() {
        assertThat(Topics.of(7, 1).all()).hasSize(3).allMatch(topic -> topic.partitions() == 7);
    }

    @Test
    void shouldRefuseInvalidDefinitions() {
        assertThatThrownBy(() -> Topics.of(0, 1)).hasMessageStartingWith("partitions: 0 (expected: 1 to 345,");
        assertThat(Topics.of(345, 1).events().partitions()).isEqualTo(345);
        assertThatThrownBy(() -> Topics.of(346, 1))
                .hasMessage("partitions: 346 (expected: 1 to 345, the maximum for which a receipt has room)");
        assertThatThrownBy(() -> Topics.of(1, 0))
                .hasMessage("replication factor: 0 (expected: 1 to 32767, or -1 for the cluster's own)");
        assertThatThrownBy(() -> Topics.of(1, 70_000)).hasMessageStartingWith("replication factor: 70000 (");
    }

    @Test
    void shouldReportOnlyDifferencesThatMatter() {
        // given
        TopicDefinition events = Topics.of(4, 1).events();
        Map<String, String> actual = new HashMap<>(events.configs());
        actual.put("retention.ms", "1");
        actual.put("cleanup.policy", " delete");

        // when, then
        assertThat(TopicDifference.sentence(events, 4, name -> actual.getOrDefault(name, "")))
                .isNull();
        assertThat(TopicDifference.sentence(events, 1, name -> actual.getOrDefault(name, "")))
                .isEqualTo("Topic tally.events has 1 partition (expected: 4).");
        assertThat(TopicDifference.sentence(events, 4, name -> ""))
                .isEqualTo("Topic tally.events has cleanup.policy unknown (expected: delete)"
                        + " and message.timestamp.type unknown (expected: LogAppendTime).");
    }

    private static String replicasAsked(int replicationFactor) {
        return Topics.of(4, replicationFactor).events().configs().get("min.insync.replicas");
    }
}
