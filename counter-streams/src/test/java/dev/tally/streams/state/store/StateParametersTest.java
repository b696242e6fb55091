package dev.tally.streams.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import dev.tally.streams.StreamsSettings;
import dev.tally.streams.state.history.HistoryRetention;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StateParametersTest {
    @Test
    void shouldRefuseAStateWhenItsParametersDiffer() {
        // given
        StateParameters generation = new StateParameters(Duration.ofHours(36), HistoryRetention.NONE, true);
        byte[] earlierFormat = generation.value();
        earlierFormat[0] = 4;
        String again = "count again with scripts/tally rebuild";

        // when / then
        generation.verify(generation.value());
        assertThatThrownBy(() -> generation.verify(null))
                .isInstanceOf(StateParametersMismatchException.class)
                .hasMessage("The state has no format, and this version reads format 5 only: go back to the version that"
                        + " wrote the state, or " + again);
        assertThatThrownBy(() -> generation.verify(earlierFormat))
                .hasMessageStartingWith("The state has format 4, and this version reads format 5 only: ")
                .hasMessageEndingWith(again);
        assertThatThrownBy(() -> generation.verify(
                        new StateParameters(Duration.ofSeconds(5), HistoryRetention.NONE, true).value()))
                .isInstanceOf(StateParametersMismatchException.class)
                .hasMessage("TALLY_DEDUPLICATION_WINDOW is 36h, and the state was made with 5s:"
                        + " set TALLY_DEDUPLICATION_WINDOW=5s, or " + again);
        assertThatThrownBy(() -> generation.verify(
                        new StateParameters(Duration.ofHours(36), HistoryRetention.NONE, false).value()))
                .hasMessage(
                        "The state was made without the index of the largest totals: use the setting that it was made with, or "
                                + again);
    }

    @Test
    void shouldReadTheEntryThatItWrote() {
        // given
        HistoryRetention history = new HistoryRetention(Duration.ofHours(1), Duration.ZERO, Duration.ofDays(9));
        StateParameters parameters = new StateParameters(Duration.ofMillis(1_001), history, false);

        // when / then
        assertThat(StateParameters.of(parameters.value())).isEqualTo(parameters);
        assertThat(StateParameters.isReadable(parameters.value())).isTrue();
        assertThat(StateParameters.isReadable(new byte[] {4, 0})).isFalse();
    }

    @Test
    void shouldNameTheSettingsThatOpenTheStateWhenItsParametersDiffer() {
        // given
        HistoryRetention made =
                new HistoryRetention(Duration.ofMillis(90_061_001), Duration.ofMinutes(90), Duration.ofDays(1_826));
        byte[] stored = new StateParameters(Duration.ofDays(2), made, true).value();
        StateParameters other = new StateParameters(Duration.ofHours(24), HistoryRetention.NONE, true);

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
        Environment environment = Environment.of(SettingNames.ALL, advised, Map.of());
        StreamsSettings.read(environment).parameters().verify(stored);
        environment.verify();
    }
}
