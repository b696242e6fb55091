package dev.tally.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 2, 1", "3, 3, 2", "5, 3, 3", "3, 0, 1", "3, 3, 0"})
    void shouldNotWarnWhenReplicationCannotBeHigher(int brokers, int replicas, int minInSync) {
        assertThat(new Replication(brokers, replicas, minInSync).warning()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 'min.insync.replicas=1 and 1 replica on a cluster of 3 brokers: ', Give it three replicas",
        "4, 2, 'min.insync.replicas=1 and 2 replicas on a cluster of 4 brokers: ', Give it three replicas",
        "3, 3, 'min.insync.replicas=1 and 3 replicas on a cluster of 3 brokers: ', Set min.insync.replicas to 2",
    })
    void shouldWarnWithTheActionWhenAnAcknowledgedEventMayBeOnOneDisk(
            int brokers, int replicas, String is, String advice) {
        assertThat(new Replication(brokers, replicas, 1).warning())
                .startsWith("tally.events has " + is)
                .contains(advice);
    }
}
