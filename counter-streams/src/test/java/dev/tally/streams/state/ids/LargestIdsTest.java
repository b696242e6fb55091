package dev.tally.streams.state.ids;

import static dev.tally.streams.state.entry.LargestEntry.filled;
import static dev.tally.streams.state.entry.LargestEntry.size;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.EventLimits;
import dev.tally.schemas.read.EventContent;
import dev.tally.streams.state.entry.LargestEntry;
import org.junit.jupiter.api.Test;

/** All entries of IDs are far smaller than the default limit of a broker. */
class LargestIdsTest {
    private static final byte[] KEY = filled(CounterName.KEY_BYTES_MAX);
    private static final byte[] ID = filled(EventLimits.LOGGED_ID_CHARS_MAX);
    private static final long FAR = Long.MAX_VALUE;

    @Test
    void shouldHaveRoomInAGroupForTheLargestId() {
        IdGroup group = IdGroup.empty(Long.MAX_VALUE);
        assertThat(group.add(KEY, ID, new EventContent(Operation.SET, Long.MIN_VALUE), FAR, FAR))
                .isTrue();
        assertThat(size(IdGroup.key(RecentIds.PREFIX, FAR), group.value())).isBetween(400, 500);
    }

    @Test
    void shouldBoundAGroupOfIds() {
        assertThat(IdGroup.BYTES_MAX).isLessThan(LargestEntry.BYTES_MAX);
    }
}
