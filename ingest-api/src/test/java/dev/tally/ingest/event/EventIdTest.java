package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.EventLimits;
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
}
