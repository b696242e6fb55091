package dev.tally.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TopicsWaitTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<String> retries = new ArrayList<>();

    @Test
    void shouldRepeatTheCheckUntilKafkaIsAvailable() {
        // when
        boolean verified = TopicsWait.repeat(() -> check(2), () -> false, retries::add);

        // then
        assertThat(verified).isTrue();
        assertThat(retries).containsExactly("attempt 1", "attempt 2");
    }

    @Test
    void shouldReturnFalseWhenStopped() {
        // given
        AtomicBoolean stopped = new AtomicBoolean();

        // when
        boolean verified = TopicsWait.repeat(() -> check(9), stopped::get, sentence -> stopped.set(true));

        // then
        assertThat(verified).isFalse();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void shouldNotRepeatTheCheckWhenTheTopicsDiffer() {
        assertThatThrownBy(() -> TopicsWait.repeat(
                        () -> {
                            throw new TopicMismatchException("different");
                        },
                        () -> false,
                        retries::add))
                .isInstanceOf(TopicMismatchException.class);
        assertThat(retries).isEmpty();
    }

    private void check(int failures) {
        int attempt = attempts.incrementAndGet();
        if (attempt <= failures) {
            throw new TopicsUnavailableException("attempt " + attempt, null);
        }
    }
}
