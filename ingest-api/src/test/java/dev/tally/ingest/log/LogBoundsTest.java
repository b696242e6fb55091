package dev.tally.ingest.log;

import static dev.tally.ingest.log.Hits.hit;
import static dev.tally.ingest.log.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.registry.SchemaDirectory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** The behavior of the log at its bounds. Its counts account for every event. */
class LogBoundsTest {
    private final ScriptedProducer producer = new ScriptedProducer();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private KafkaEventLog start(int eventsMax, long bytesMax) {
        KafkaEventLog log = KafkaEventLog.start(
                () -> producer,
                () -> {},
                SchemaDirectory.ofReleased(),
                new LogBounds(eventsMax, bytesMax, Duration.ZERO),
                new LogMetrics(registry));
        await().until(() -> log.state().ready());
        return log;
    }

    @Test
    void shouldRefuseWhenTheMaximumOfInFlightEventsIsReached() {
        try (KafkaEventLog log = start(10, 1 << 20)) {
            // given
            Answer nine = new Answer();
            log.append(hits(9), "id", nine);

            // when
            Answer two = new Answer();
            log.append(hits(2), "id", two);
            Answer one = new Answer();
            log.append(hit("a"), "id", one);
            Answer another = new Answer();
            log.append(hit("b"), "id", another);

            // then
            assertThat(two.outcome()).isEqualTo(NotAppended.OVERLOADED);
            assertThat(one.hasCome()).isFalse();
            assertThat(another.outcome()).isEqualTo(NotAppended.OVERLOADED);
            assertThat(producer.history()).hasSize(10);

            // when
            producer.acknowledgeAll();

            // then
            assertThat(nine.receipts()).isNotEmpty();
            assertThat(one.receipts()).isNotEmpty();
            Answer after = new Answer();
            log.append(hits(10), "id", after);
            assertThat(producer.history()).hasSize(20);
        }
    }

    @Test
    void shouldRefuseWhenTheMaximumOfInFlightBytesIsReached() {
        try (KafkaEventLog log = start(1_000, 4_000)) {
            // when
            Answer many = new Answer();
            log.append(hits(20), "id", many);
            Answer few = new Answer();
            log.append(hits(10), "id", few);

            // then
            assertThat(many.outcome()).isEqualTo(NotAppended.OVERLOADED);
            assertThat(few.hasCome()).isFalse();
            assertThat(producer.history()).hasSize(10);
        }
    }

    @Test
    void shouldAccountForEveryEventInItsMetrics() {
        try (KafkaEventLog log = start(10, 1 << 20)) {
            // when
            log.append(hits(4), "id", new Answer());
            producer.acknowledgeAll();
            Answer failed = new Answer();
            log.append(hits(3), "id", failed);
            producer.failAll(new TimeoutException("late"));
            failed.outcome();
            log.append(hits(2), "id", new Answer());
            log.append(hits(9), "id", new Answer());

            // then
            assertThat(count("accepted")).isEqualTo(9);
            assertThat(count("appended")).isEqualTo(4);
            assertThat(count("failed")).isEqualTo(3);
            assertThat(inFlight()).isEqualTo(2);
            assertThat(count("refused")).isEqualTo(9);
            assertThat(count("accepted")).isEqualTo(count("appended") + count("failed") + inFlight());
            assertThat(registry.get("tally.ingest.append").timer().count()).isEqualTo(1);

            // when
            producer.acknowledgeAll();

            // then
            assertThat(inFlight()).isZero();
            assertThat(registry.get("tally.ingest.in.flight.bytes").gauge().value())
                    .isZero();
            assertThat(count("accepted")).isEqualTo(count("appended") + count("failed"));
        }
    }

    private double count(String what) {
        return registry.get("tally.ingest.events." + what).functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    private double inFlight() {
        return registry.get("tally.ingest.events.in.flight").gauge().value();
    }
}
