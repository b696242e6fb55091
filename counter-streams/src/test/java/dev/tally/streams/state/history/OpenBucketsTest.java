package dev.tally.streams.state.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.read.Step;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.counter.StateFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenBucketsTest {
    @Test
    void shouldReadBackLeftBuckets() {
        // given
        OpenBuckets open = new OpenBuckets();
        open.open(29_000_000);
        open.add(7);
        open.left(Step.MINUTE).append(28_999_990, WideSum.of(-3));
        open.left(Step.MINUTE).append(28_999_999, new WideSum(5, -2));
        open.left(Step.DAY).append(1, WideSum.of(4));
        CounterSnapshot counter = new CounterSnapshot(true, 1, 1, 0, 0, 0, 0, 0, 0, 0);

        // when
        ByteBuffer stored = ByteBuffer.wrap(new StateFormat().total(counter, true, open));
        CounterSnapshot readCounter = StateFormat.total(stored);
        OpenBuckets read = StateFormat.buckets(stored);

        // then
        assertThat(readCounter).isEqualTo(counter);
        assertThat(stored.hasRemaining()).isFalse();
        assertThat(read.minute()).isEqualTo(29_000_000);
        assertThat(read.left(Step.HOUR).isEmpty()).isTrue();
        List<String> left = new ArrayList<>();
        read.left(Step.MINUTE).each((number, sum) -> left.add(number + "=" + sum.low() + "," + sum.carries()));
        read.left(Step.DAY).each((number, sum) -> left.add(number + "=" + sum.low()));
        assertThat(left).containsExactly("28999990=-3,0", "28999999=5,-2", "1=4");
        assertThat(read.left(Step.MINUTE).last()).isEqualTo(28_999_999);
    }
}
