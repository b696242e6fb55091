package dev.tally.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final int PARTITIONS = 4;

    private final CircuitBreaker breaker = new CircuitBreaker();

    private void ticks(int count, long appended, long failed, int inFlight) {
        for (int i = 0; i < count; i++) {
            breaker.tick(PARTITIONS, appended, failed, inFlight);
        }
    }

    @Test
    void shouldBeOpenUntilTheTopicIsKnown() {
        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);

        // when
        breaker.tick(PARTITIONS, 0, 0, 0);

        // then
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.partitions()).isEqualTo(4);
    }

    @Test
    void shouldNotReportKafkaUnavailableWhenOnlyTheSchemaIdIsUnknown() {
        // when
        breaker.hold("waiting for the schema registry");

        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.NOT_READY);
        assertThat(breaker.state()).isEqualTo(new LogState(false, "waiting for the schema registry"));

        // when
        breaker.tick(PARTITIONS, 0, 0, 0);

        // then
        assertThat(breaker.refusal()).isNull();
    }

    @Test
    void shouldStayClosedWhenEventsKeepReachingTheLog() {
        for (int i = 0; i < 10 * CircuitBreaker.STALL_TICKS; i++) {
            // when
            breaker.tick(PARTITIONS, i / 10, 0, 100);

            // then
            assertThat(breaker.refusal()).isNull();
        }
    }

    @Test
    void shouldStayClosedWhenNothingIsInFlight() {
        // when
        ticks(10 * CircuitBreaker.STALL_TICKS, 7, 0, 0);

        // then
        assertThat(breaker.refusal()).isNull();
    }

    @Test
    void shouldOpenWhenNothingReachesTheLogAndCloseWhenSomethingDoes() {
        // when
        breaker.tick(PARTITIONS, 0, 0, 0);
        ticks(CircuitBreaker.STALL_TICKS - 1, 0, 0, 5);

        // then
        assertThat(breaker.refusal()).isNull();

        // when
        breaker.tick(PARTITIONS, 0, 0, 5);

        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(breaker.state().ready()).isFalse();

        // when
        breaker.tick(PARTITIONS, 1, 0, 4);

        // then
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.state().ready()).isTrue();
    }

    @Test
    void shouldAdmitOneAppendAtATimeWhenAllInFlightAppendsHaveFailed() {
        // given
        ticks(CircuitBreaker.STALL_TICKS + 1, 0, 0, 5);

        // when
        breaker.tick(PARTITIONS, 0, 0, 0);

        // then
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);

        // when
        breaker.tick(PARTITIONS, 0, 0, 1);

        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(breaker.state().ready()).isFalse();

        // when
        breaker.tick(PARTITIONS, 1, 0, 0);

        // then
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.refusal()).isNull();
    }

    @Test
    void shouldSayNotReadyWhenEveryEventFailsAtOnce() {
        // given: each event fails between two ticks, so no tick sees an event in flight
        breaker.tick(PARTITIONS, 5, 0, 0);
        assertThat(breaker.state().ready()).isTrue();

        // when
        for (int failed = 1; failed <= CircuitBreaker.STALL_TICKS; failed++) {
            breaker.tick(PARTITIONS, 5, failed, 0);
        }

        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(breaker.state()).isEqualTo(new LogState(false, "the last events did not reach Kafka"));

        // when
        ticks(CircuitBreaker.PAUSE_TICKS - 1, 5, CircuitBreaker.STALL_TICKS, 0);

        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(breaker.state().ready()).isFalse();

        // when
        breaker.tick(PARTITIONS, 5, CircuitBreaker.STALL_TICKS, 0);

        // then: one event is admitted as a trial, and readiness lets a load balancer send it
        assertThat(breaker.state().ready()).isTrue();
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);

        // when
        breaker.tick(PARTITIONS, 5, CircuitBreaker.STALL_TICKS + 1, 0);

        // then
        assertThat(breaker.state().ready()).isFalse();

        // when
        breaker.tick(PARTITIONS, 6, CircuitBreaker.STALL_TICKS + 1, 0);

        // then
        assertThat(breaker.state().ready()).isTrue();
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.refusal()).isNull();
    }

    @Test
    void shouldStayClosedWhenEventsFailAndOthersReachTheLog() {
        for (int i = 0; i < 10 * CircuitBreaker.STALL_TICKS; i++) {
            // when
            breaker.tick(PARTITIONS, i / 10, i, 3);

            // then
            assertThat(breaker.refusal()).isNull();
            assertThat(breaker.state().ready()).isTrue();
        }
    }

    @Test
    void shouldAdmitOneAppendAtATimeWhenTheProducerWasReplaced() {
        // given
        breaker.tick(PARTITIONS, 7, 0, 0);

        // when
        breaker.producerFailed("it is fenced");

        // then: refused at once, and after every tick
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(breaker.state()).isEqualTo(new LogState(false, "it is fenced"));
        breaker.tick(0, 8, 0, 0);
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(breaker.state()).isEqualTo(new LogState(false, "it is fenced"));

        // when: the new producer does not have the metadata of the topic yet
        breaker.producerReplaced();
        breaker.tick(0, 8, 0, 0);

        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(breaker.state().ready()).isFalse();

        // when
        breaker.tick(PARTITIONS, 8, 0, 0);

        // then
        assertThat(breaker.state().ready()).isTrue();
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.refusal()).isEqualTo(NotAppended.UNAVAILABLE);

        // when
        breaker.tick(PARTITIONS, 9, 0, 0);

        // then
        assertThat(breaker.refusal()).isNull();
        assertThat(breaker.refusal()).isNull();
    }

    @Test
    void shouldRefuseEveryAppendWhenShutDown() {
        // when
        breaker.shutDown();
        breaker.tick(PARTITIONS, 1, 0, 0);

        // then
        assertThat(breaker.refusal()).isEqualTo(NotAppended.SHUTTING_DOWN);
        assertThat(breaker.state().ready()).isFalse();
    }
}
