package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(5);

    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private long now;
    private final Heartbeats heartbeats = new Heartbeats(() -> List.of(metrics), () -> now, SILENCE_MAX);

    @Test
    void shouldNotBeFreshWhenThereIsNoMemberYet() {
        // when
        heartbeats.refresh();

        // then
        assertThat(heartbeats.isFresh()).isFalse();
    }

    @Test
    void shouldBeFreshWhenAssignedAndWhileHeartbeatsAreAnswered() {
        // when
        observe("a", 0, 1);

        // then
        assertThat(heartbeats.isFresh()).isTrue();

        // when
        for (int beat = 1; beat <= 20; beat++) {
            pass(1);
            observe("a", beat, 1);
        }

        // then
        assertThat(heartbeats.isFresh()).isTrue();
    }

    @Test
    void shouldNotBeFreshWhenHeartbeatsAreNotAnswered() {
        // given
        observe("a", 1, 1);
        pass(1);
        observe("a", 2, 1);

        // when
        pass(4);
        observe("a", 2, 1);

        // then
        assertThat(heartbeats.isFresh()).isTrue();

        // when
        pass(2);

        // then: even before the next observation, as in a process that was suspended and has just resumed
        assertThat(heartbeats.isFresh()).isFalse();
    }

    @Test
    void shouldBecomeFreshAtTheSecondAnswerWhenHeartbeatsHadPaused() {
        // given
        observe("a", 1, 1);
        pass(30);

        // when
        observe("a", 2, 1);
        pass(1);
        observe("a", 2, 1);

        // then: the first response may have been an error
        assertThat(heartbeats.isFresh()).isFalse();

        // when
        pass(1);
        observe("a", 3, 1);

        // then
        assertThat(heartbeats.isFresh()).isTrue();
    }

    @Test
    void shouldBeFreshAgainWhenAssignedAfterAPauseOfHeartbeats() {
        // given
        observe("a", 1, 1);
        pass(30);
        observe("a", 2, 1);

        // when
        pass(1);
        observe("a", 2, 2);

        // then
        assertThat(heartbeats.isFresh()).isTrue();
    }

    @Test
    void shouldBeAsStaleAsItsStalestThread() {
        // given
        observe("a", 1, 1);
        observe("b", 1, 1);

        // when
        for (int beat = 2; beat <= 10; beat++) {
            pass(1);
            observe("a", beat, 1);
        }

        // then
        assertThat(heartbeats.isFresh()).isFalse();
    }

    private void pass(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private void observe(String client, double beats, double syncs) {
        put(client, "heartbeat-total", beats);
        put(client, "sync-total", syncs);
        heartbeats.refresh();
    }

    private void put(String client, String name, double value) {
        MetricName metricName = new MetricName(name, "consumer-coordinator-metrics", "", Map.of("client-id", client));
        metrics.put(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
