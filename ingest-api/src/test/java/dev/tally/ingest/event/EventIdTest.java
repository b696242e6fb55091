package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.EventLimits;
import dev.tally.schemas.name.ReplayId;
import org.junit.jupiter.api.Test;

class EventIdTest {
    @Test
    void shouldMakeNoIdThatCountingRefuses() {
        // given
        String longest = "~".repeat(EventLimits.ID_CHARS_MAX);

        // when
        String id = EventId.ofLine(longest, Integer.MAX_VALUE);

        // then
        assertThat(EventId.isValid(longest)).isTrue();
        assertThat(EventId.isValid(longest + "~")).isFalse();
        assertThat(id).hasSize(EventLimits.LOGGED_ID_CHARS_MAX);
        assertThat(id.chars()).allMatch(EventLimits::isOfId);
    }

    @Test
    void shouldRefuseTheIdsOfReplayedEvents() {
        assertThat(EventId.isValid(ReplayId.of(0, 42))).isFalse();
        assertThat(EventId.isValid("tally.rejected")).isTrue();
        // the request ID tally.rejected.0-42 is a client's own
        assertThat(EventId.ofLine(ReplayId.of(0, 42), 1)).isNotEqualTo(ReplayId.of(0, 42));
    }
}
