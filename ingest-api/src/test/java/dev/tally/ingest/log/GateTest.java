package dev.tally.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate();

    private void ticks(int count, int partitions, long appended, int inFlight) {
        for (int i = 0; i < count; i++) {
            gate.tick(partitions, appended, inFlight);
        }
    }

    @Test
    void shouldBeShutUntilTheTopicIsKnown() {
        // then
        assertThat(gate.refusal()).isEqualTo(NotAppended.UNAVAILABLE);

        // when
        gate.tick(4, 0, 0);

        // then
        assertThat(gate.refusal()).isNull();
        assertThat(gate.partitions()).isEqualTo(4);
    }

    @Test
    void shouldNotBlameKafkaWhenOnlyTheIdIsMissing() {
        // when
        gate.hold("waiting for the schema registry");

        // then
        assertThat(gate.refusal()).isEqualTo(NotAppended.NOT_READY);
        assertThat(gate.state()).isEqualTo(new LogState(false, "waiting for the schema registry"));

        // when
        gate.tick(4, 0, 0);

        // then
        assertThat(gate.refusal()).isNull();
    }

    @Test
    void shouldStayOpenWhenEventsKeepReachingTheLog() {
        for (int i = 0; i < 10 * Gate.STALL_TICKS; i++) {
            // when
            gate.tick(4, i / 10, 100);

            // then
            assertThat(gate.refusal()).isNull();
        }
    }

    @Test
    void shouldStayOpenWhenNothingIsInFlight() {
        // when
        ticks(10 * Gate.STALL_TICKS, 4, 7, 0);

        // then
        assertThat(gate.refusal()).isNull();
    }

    @Test
    void shouldShutWhenNothingReachesTheLogAndOpenWhenSomethingDoes() {
        // when
        gate.tick(4, 0, 0);
        ticks(Gate.STALL_TICKS - 1, 4, 0, 5);

        // then
        assertThat(gate.refusal()).isNull();

        // when
        gate.tick(4, 0, 5);

        // then
        assertThat(gate.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(gate.state().ready()).isFalse();

        // when
        gate.tick(4, 1, 4);

        // then
        assertThat(gate.refusal()).isNull();
        assertThat(gate.state().ready()).isTrue();
    }

    @Test
    void shouldLetInOneAtATimeWhenAllThatWasInFlightHasFailed() {
        // given
        ticks(Gate.STALL_TICKS + 1, 4, 0, 5);

        // when
        gate.tick(4, 0, 0);

        // then
        assertThat(gate.refusal()).isNull();
        assertThat(gate.refusal()).isEqualTo(NotAppended.UNAVAILABLE);

        // when
        gate.tick(4, 0, 1);

        // then
        assertThat(gate.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(gate.state().ready()).isFalse();

        // when
        gate.tick(4, 1, 0);

        // then
        assertThat(gate.refusal()).isNull();
        assertThat(gate.refusal()).isNull();
    }

    @Test
    void shouldStayClosed() {
        // when
        gate.close();
        gate.tick(4, 1, 0);

        // then
        assertThat(gate.refusal()).isEqualTo(NotAppended.SHUTTING_DOWN);
        assertThat(gate.state().ready()).isFalse();
    }
}
