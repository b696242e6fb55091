package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangelogPolicyTest {
    private final Map<String, String> actual = new HashMap<>(Map.of(
            "cleanup.policy", "compact",
            "message.timestamp.type", "LogAppendTime",
            "min.compaction.lag.ms", "3600000",
            "min.insync.replicas", "2"));
    private final ChangelogPolicy policy = new ChangelogPolicy("t-changelog", name -> actual.getOrDefault(name, ""));

    @Test
    void shouldAcceptRequiredSettingsAndLongerLags() {
        assertThat(policy.difference()).isNull();
        actual.put("min.compaction.lag.ms", "3600001");
        assertThat(policy.difference()).isNull();
    }

    @Test
    void shouldNameEachDifferenceAndTheCommandThatCorrectsIt() {
        // given
        actual.put("cleanup.policy", "compact,delete");
        actual.put("min.compaction.lag.ms", "3599999");
        actual.remove("message.timestamp.type");

        // when / then
        assertThat(policy.difference())
                .isEqualTo("Topic t-changelog has cleanup.policy compact,delete (expected: compact) and"
                        + " message.timestamp.type unknown (expected: LogAppendTime) and min.compaction.lag.ms 3599999"
                        + " (expected: at least 3600000), so a state may not be restored from it: set it with scripts/tally"
                        + " kafka configs --alter --entity-type topics --entity-name t-changelog --add-config"
                        + " cleanup.policy=compact,message.timestamp.type=LogAppendTime,min.compaction.lag.ms=3600000");
    }

    @Test
    void shouldWarnWhenThreeReplicasAreNotUsed() {
        assertThat(policy.warning(3)).isNull();
        actual.put("min.insync.replicas", "1");
        assertThat(policy.warning(3)).contains("t-changelog has min.insync.replicas=1 and 3 replicas");
        assertThat(policy.warning(2)).isNull();
    }
}
