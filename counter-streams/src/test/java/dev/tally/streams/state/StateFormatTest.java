package dev.tally.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class StateFormatTest {
    private final StateFormat format = new StateFormat();

    @Test
    void shouldReadBackWhatItWroteWhenValuesAreAtTheirEdges() {
        for (long total : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            // given
            CounterSnapshot counter = new CounterSnapshot(
                    true, total, Long.MAX_VALUE, 0, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0, Long.MAX_VALUE, 1);

            // when
            CounterSnapshot read = StateFormat.total(format.total(counter, false, new OpenBuckets()));

            // then
            assertThat(read).isEqualTo(counter);
        }
    }

    @Test
    void shouldReadBackWhatItWroteWhenCountersAreRandom() {
        long seed = System.nanoTime();
        System.out.println("StateFormatTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            // given
            CounterSnapshot counter = new CounterSnapshot(
                    random.nextBoolean(),
                    random.nextLong(),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextInt(),
                    random.nextInt(),
                    random.nextLong(),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(Long.MAX_VALUE),
                    random.nextLong(Long.MAX_VALUE));

            // when / then
            assertThat(StateFormat.total(format.total(counter, false, new OpenBuckets())))
                    .isEqualTo(counter);
        }
    }

    @Test
    void shouldReadBackTheMark() {
        // given
        Mark mark = new Mark();
        mark.set(41, 1_000, 990);
        Mark read = new Mark();

        // when
        StateFormat.mark(format.mark(mark), read);

        // then
        assertThat(read.position()).isEqualTo(new CounterView.Position(41, 1_000));
        assertThat(read.appendTime()).isEqualTo(990);
    }

    @Test
    void shouldReadBackAnIdWithTheContentThatAppliedIt() {
        Bytes key = Bytes.wrap(RememberedId.key(new byte[] {'n', '/', 'c'}, new byte[] {'a'}));
        for (Operation operation : List.of(Operation.ADD, Operation.SET, Operation.DELETE)) {
            for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
                RememberedId id = new RememberedId(key, Long.MAX_VALUE, 1_000, new EventContent(operation, value));
                assertThat(RememberedId.of(key, id.value())).isEqualTo(id);
            }
        }
    }

    @Test
    void shouldReadBackAnIdWithTheContentThatAppliedIt() {
        Bytes key = Bytes.wrap(RememberedId.key(new byte[] {'n', '/', 'c'}, new byte[] {'a'}));
        for (Operation operation : List.of(Operation.ADD, Operation.SET, Operation.DELETE)) {
            for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
                RememberedId id = new RememberedId(key, Long.MAX_VALUE, 1_000, new EventContent(operation, value));
                assertThat(RememberedId.of(key, id.value())).isEqualTo(id);
            }
        }
    }

    @Test
    void shouldRefuseAStateThatWasMadeOtherwise() {
        // given
        Generation generation = new Generation(Duration.ofHours(24), HistoryRetention.NONE, true);
        byte[] earlierFormat = generation.value();
        earlierFormat[0] = 3;

        // when / then
        generation.verify(generation.value());
        assertThatThrownBy(() -> generation.verify(null)).hasMessageContaining("rebuilt from the log");
        assertThatThrownBy(() -> generation.verify(earlierFormat)).hasMessageContaining("rebuilt from the log");
        assertThatThrownBy(() ->
                        generation.verify(new Generation(Duration.ofSeconds(5), HistoryRetention.NONE, true).value()))
                .isInstanceOf(GenerationMismatchException.class)
                .hasMessageContaining("TALLY_DEDUPLICATION_WINDOW is 86400000ms")
                .hasMessageContaining("5000ms");
    }
}
