package dev.tally.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tally.schemas.read.Step;
import dev.tally.service.settings.Environment;
import dev.tally.streams.StreamsSettings;
import dev.tally.testkit.Seed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
        long seed = Seed.printed(StateFormatTest.class);
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
    void shouldReadBackBucketsThatWereLeft() {
        // given
        OpenBuckets open = new OpenBuckets();
        open.open(29_000_000);
        open.add(7);
        open.left(Step.MINUTE).append(28_999_990, WideSum.of(-3));
        open.left(Step.MINUTE).append(28_999_999, new WideSum(5, -2));
        open.left(Step.DAY).append(1, WideSum.of(4));
        CounterSnapshot counter = new CounterSnapshot(true, 1, 1, 0, 0, 0, 0, 0, 0, 0);

        // when
        ByteBuffer stored = ByteBuffer.wrap(format.total(counter, true, open));
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

    @Test
    void shouldReadBackTheMark() {
        // given
        AppliedOffset applied = new AppliedOffset();
        applied.set(41, 1_000, 990);
        AppliedOffset read = new AppliedOffset();

        // when
        StateFormat.applied(format.applied(applied), read);

        // then
        assertThat(read.position()).isEqualTo(new CounterView.Position(41, 1_000));
        assertThat(read.appendTime()).isEqualTo(990);
    }

    @Test
    void shouldRefuseAStateThatWasMadeOtherwise() {
        // given
        Generation generation = new Generation(Duration.ofHours(36), HistoryRetention.NONE, true);
        byte[] earlierFormat = generation.value();
        earlierFormat[0] = 4;
        String again = "count again from the beginning of the log: docs/operations.md, \"Counting again from the log\"";

        // when / then
        generation.verify(generation.value());
        assertThatThrownBy(() -> generation.verify(null))
                .isInstanceOf(GenerationMismatchException.class)
                .hasMessage("The state has no format, and this version reads format 5 only: go back to the version that"
                        + " wrote the state, or " + again);
        assertThatThrownBy(() -> generation.verify(earlierFormat))
                .hasMessageStartingWith("The state has format 4, and this version reads format 5 only: ")
                .hasMessageEndingWith(again);
        assertThatThrownBy(() ->
                        generation.verify(new Generation(Duration.ofSeconds(5), HistoryRetention.NONE, true).value()))
                .isInstanceOf(GenerationMismatchException.class)
                .hasMessage("TALLY_DEDUPLICATION_WINDOW is 36h, and the state was made with 5s:"
                        + " set TALLY_DEDUPLICATION_WINDOW=5s, or " + again);
        assertThatThrownBy(() ->
                        generation.verify(new Generation(Duration.ofHours(36), HistoryRetention.NONE, false).value()))
                .hasMessage("The state was made without the index of the largest totals: open it as it was made, or "
                        + again);
    }

    @Test
    void shouldNameSettingsThatTakeTheStateAgainWhenItWasMadeOtherwise() {
        // given
        HistoryRetention made =
                new HistoryRetention(Duration.ofMillis(90_061_001), Duration.ofMinutes(90), Duration.ofDays(1_826));
        byte[] stored = new Generation(Duration.ofDays(2), made, true).value();
        Generation other = new Generation(Duration.ofHours(24), HistoryRetention.NONE, true);

        // when
        String advice = catchThrowable(() -> other.verify(stored)).getMessage();

        // then
        Map<String, String> advised = Pattern.compile("set (TALLY_[A-Z_]+)=([0-9a-z]+)")
                .matcher(advice)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        assertThat(advised)
                .containsOnlyKeys(
                        "TALLY_DEDUPLICATION_WINDOW",
                        "TALLY_HISTORY_MINUTES",
                        "TALLY_HISTORY_HOURS",
                        "TALLY_HISTORY_DAYS");
        Environment environment = Environment.of(advised, Map.of());
        StreamsSettings.read(environment).generation().verify(stored);
        environment.verify();
    }
}
