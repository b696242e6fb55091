package dev.tally.schemas.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final CountingParameters PARAMETERS = new CountingParameters(
            Duration.ofHours(24), Duration.ofHours(48), Duration.ofDays(90), Duration.ofDays(1826));
    private static final Generations FIRST = Generations.first(PARAMETERS, 5, NOW);

    @Test
    void shouldGoThroughARebuildAndBack() {
        // when
        Generations counting = FIRST.rebuild(false, 5).counting(PARAMETERS, NOW);
        Generations compared = counting.holding().comparing().compared("7 counters agree", List.of());
        Generations moving = compared.holding().stopping().moving(List.of(17L, 4L));
        Generations switched = moving.finished();
        Generations back = switched.rollback()
                .holding()
                .stopping()
                .moving(List.of(20L, 4L))
                .finished();

        // then
        assertThat(phase(counting)).isEqualTo(Phase.COUNTING);
        assertThat(compared.live()).isEqualTo("g1");
        assertThat(moving.live()).isEqualTo("g2");
        assertThat(moving.liveAfter()).containsExactly(17L, 4L);
        assertThat(switched.isChanging()).isFalse();
        assertThat(switched.other()).isEqualTo("g1");
        assertThat(back.live()).isEqualTo("g1");
        assertThat(back.liveAfter()).containsExactly(20L, 4L);
        assertThat(back.drop("g2").all()).extracting(GenerationEntry::name).containsExactly("g1");
    }

    @Test
    void shouldCountEachStopAsARound() {
        Generations held = FIRST.rebuild(false, 5).counting(PARAMETERS, NOW).holding();

        assertThat(change(held).round()).isEqualTo(1);
        assertThat(change(held.again().holding()).round()).isEqualTo(2);
    }

    @Test
    void shouldNotGiveANumberOfARoundTwice() {
        Generations dropped = FIRST.rebuild(false, 5)
                .counting(PARAMETERS, NOW)
                .holding()
                .again()
                .drop("g2")
                .dropped("g2");

        assertThat(change(dropped.rebuild(false, 5).counting(PARAMETERS, NOW).holding())
                        .round())
                .as("the notes of the first rebuild are void")
                .isEqualTo(2);
    }

    @Test
    void shouldNotSwitchBeforeTheComparison() {
        Generations held = FIRST.rebuild(false, 5).counting(PARAMETERS, NOW).holding();

        refused(held::stopping, "Generation g2 was not compared yet");
    }

    @Test
    void shouldKeepTheLiveGenerationWhenCountersDiffer() {
        // given
        Generations comparing =
                FIRST.rebuild(false, 5).counting(PARAMETERS, NOW).holding().comparing();

        // when
        Generations listed = comparing.listing(List.of(3L)).comparing();
        Generations refused = listed.refused("1 counter differs", List.of("shop/cart"));
        Generations accepted = refused.rebuild(true, 5);

        // then
        assertThat(change(listed).buckets()).containsExactly(3L);
        assertThat(refused.live()).isEqualTo("g1");
        assertThat(refused.isChanging()).isFalse();
        assertThat(phase(accepted)).isEqualTo(Phase.COUNTING);
        assertThat(change(accepted).acceptDifferences()).isTrue();
        refused(() -> refused.rebuild(false, 5), "Generation g2 is kept: delete it first with scripts/tally drop g2");
        refused(refused::rollback, "There is no earlier generation to go back to");
    }

    @Test
    void shouldRefuseASecondChange() {
        Generations counting = FIRST.rebuild(false, 5).counting(PARAMETERS, NOW);

        refused(
                () -> counting.rebuild(true, 5),
                "The change to generation g2 is in progress (counting): wait until it ends, or end it with scripts/tally drop g2");
        refused(
                counting::rollback,
                "The change to generation g2 is in progress (counting): wait until it ends, or end it with"
                        + " scripts/tally drop g2");
        refused(() -> counting.counting(PARAMETERS, NOW), "The change has gone on in the meantime");
    }

    @Test
    void shouldDropOnlyWhatIsNotNeeded() {
        Generations counting = FIRST.rebuild(false, 5).counting(PARAMETERS, NOW);
        Generations stopping =
                counting.holding().comparing().compared("", List.of()).holding().stopping();

        refused(() -> counting.drop("g1"), "Generation g1 is live: it answers the reads");
        refused(() -> counting.drop("g7"), "There is no generation g7");
        refused(() -> stopping.drop("g2"), "The switch to generation g2 is in progress: wait until it ends");
        Generations dropped = counting.drop("g2").dropped("g2");
        assertThat(dropped.all()).hasSize(1);
        assertThat(dropped.change()).isNull();
        assertThat(change(dropped.rebuild(false, 5)).to())
                .as("no name is given twice")
                .isEqualTo("g3");
    }

    @Test
    void shouldReplaceAGenerationWhoseStateCannotBeUsed() {
        // when
        Generations counting = FIRST.rebuild(false, 6).replacing(PARAMETERS, NOW, "Lost", List.of(6L, -1L));
        Generations replaced = counting.replaced();

        // then
        assertThat(counting.live()).isEqualTo("g1");
        assertThat(counting.liveEntry().unusable()).isEqualTo("Lost");
        assertThat(replaced.live()).isEqualTo("g2");
        assertThat(replaced.liveAfter()).containsExactly(6L, -1L);
        assertThat(replaced.liveEntry().format()).isEqualTo(6);
        assertThat(replaced.isChanging()).isFalse();
        refused(replaced::rollback, "The state of generation g1 cannot be used: delete it with scripts/tally drop g1");
        assertThat(GenerationsJson.read(GenerationsJson.write(counting))).isEqualTo(counting);
    }

    @Test
    void shouldTakeTheLiveStateForUsableAgainWhenItsReplacementIsDropped() {
        Generations counting = FIRST.rebuild(false, 5).replacing(PARAMETERS, NOW, "Lost", List.of(6L));

        assertThat(counting.drop("g2").dropped("g2").liveEntry().unusable()).isNull();
    }

    @Test
    void shouldSwitchWithoutAComparisonOnlyToAReplacement() {
        Generations counting = FIRST.rebuild(true, 5).counting(PARAMETERS, NOW);

        refused(counting::replaced, "Generation g1 is counted: its state is to be compared");
    }

    @Test
    void shouldReadARecordWithoutFormats() {
        String json = new String(GenerationsJson.write(FIRST), StandardCharsets.UTF_8)
                .replace(",\"format\":5,\"unusable\":null", "");

        assertThat(GenerationsJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(FIRST);
    }

    @Test
    void shouldBeTheSameAfterItWasWrittenAndRead() {
        Generations all = FIRST.rebuild(true, 5)
                .counting(PARAMETERS, NOW)
                .holding()
                .comparing()
                .listing(List.of(1L, 255L))
                .comparing()
                .compared("2 \"counters\" differ", List.of("shop/ü: 1", "b"))
                .holding()
                .stopping()
                .moving(List.of(5L, -1L));

        assertThat(GenerationsJson.read(GenerationsJson.write(all))).isEqualTo(all);
        assertThat(GenerationsJson.read(GenerationsJson.write(FIRST))).isEqualTo(FIRST);
    }

    @Test
    void shouldIgnoreFieldsOfALaterVersion() {
        String json = new String(GenerationsJson.write(FIRST), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"later\":[{\"a\":1.5}],");

        assertThat(GenerationsJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(FIRST);
    }

    @Test
    void shouldSayThatARecordCannotBeRead() {
        for (String json : List.of("", "[]", "{}", "{\"live\":\"g1\"}", "{\"live\":\"g1\",\"generations\":[7]}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> GenerationsJson.read(json.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Change change(Generations generations) {
        return Objects.requireNonNull(generations.change());
    }

    private static Phase phase(Generations generations) {
        return change(generations).phase();
    }

    private static void refused(ThrowingCallable step, String sentence) {
        assertThatExceptionOfType(ChangeRefusedException.class).isThrownBy(step).withMessage(sentence);
    }
}
