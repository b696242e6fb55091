package dev.tally.streams.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.serving.CounterView;
import org.junit.jupiter.api.Test;

class AppliedOffsetTest {
    @Test
    void shouldReadBackWhatItWrote() {
        // given
        AppliedOffset applied = new AppliedOffset();
        applied.set(41, 1_000, 990);
        AppliedOffset read = new AppliedOffset();

        // when
        read.read(applied.value());

        // then
        assertThat(read.position()).isEqualTo(new CounterView.Position(41, 1_000));
        assertThat(read.appendTime()).isEqualTo(990);
    }
}
