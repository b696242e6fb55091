package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OffsetLimitTest {
    private final OffsetLimit limit = new OffsetLimit();

    @Test
    void shouldAllowEveryOffsetByDefault() {
        assertThat(limit.isSet()).isFalse();
        assertThat(limit.allows(0, Long.MAX_VALUE)).isTrue();
    }

    @Test
    void shouldAllowTheOffsetsUpToTheLimitOfTheirPartition() {
        // when
        limit.set(Map.of(1, 7L, 2, OffsetLimit.NO_RECORD));

        // then
        assertThat(limit.isSet()).isTrue();
        assertThat(limit.allows(0, 8)).isTrue();
        assertThat(limit.allows(1, 7)).isTrue();
        assertThat(limit.allows(1, 8)).isFalse();
        assertThat(limit.allows(2, 0)).isFalse();
    }

    @Test
    void shouldReplaceAllLimitsWhenSetAgain() {
        // given
        limit.set(Map.of(1, 7L));

        // when
        limit.set(Map.of(2, 7L));

        // then
        assertThat(limit.limits()).containsExactly(Map.entry(2, 7L));

        // when
        limit.lift();

        // then
        assertThat(limit.isSet()).isFalse();
    }

    @Test
    void shouldTellOfEachChangeAfterIt() {
        // given
        AtomicInteger changes = new AtomicInteger();
        limit.onChange(() -> {
            changes.incrementAndGet();
            assertThat(limit.isSet()).isEqualTo(changes.get() == 1);
        });

        // when
        limit.set(Map.of(1, 7L));
        limit.lift();

        // then
        assertThat(changes).hasValue(2);
    }

    @Test
    void shouldRefuseALimitBelowNoRecordAndKeepTheLimitsBefore() {
        // given
        limit.set(Map.of(1, 7L));

        // then
        assertThatThrownBy(() -> limit.set(Map.of(3, -2L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit of partition 3: -2 (expected: at least -1)");
        assertThat(limit.limits()).containsExactly(Map.entry(1, 7L));
    }
}
