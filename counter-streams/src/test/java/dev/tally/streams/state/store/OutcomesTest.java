package dev.tally.streams.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.streams.state.entry.FlushBatch;
import dev.tally.streams.state.ids.RememberedIds;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final long WINDOW = 5_000;
    private static final byte[] COUNTER = "shop/cart".getBytes();
    private static final byte[] ID = {'a'};
    private static final EventContent ADD_1 = new EventContent(Operation.ADD, 1);
    private static final EventContent ADD_5 = new EventContent(Operation.ADD, 5);

    private final InMemoryKeyValueStore store = new InMemoryKeyValueStore("ids");
    private final RememberedIds ids = new RememberedIds(store, new FlushBatch(store), WINDOW, 10);
    private final Overflows overflows = new Overflows();
    private final Outcomes outcomes = new Outcomes(ids, overflows);

    @Test
    void shouldCompareWithTheContentThatAppliedTheId() {
        // given
        overflows.startAfter(-1);
        ids.remember(COUNTER, ID, ADD_1, 10, 1_000);

        // then
        assertThat(outcome(10, ADD_1, 1_000)).isEqualTo(EventOutcome.APPLIED);
        assertThat(outcome(11, ADD_1, 1_000)).isEqualTo(EventOutcome.DUPLICATE);
        assertThat(outcome(11, ADD_5, 1_000)).isEqualTo(EventOutcome.ID_REUSED);
        assertThat(outcomes.of(COUNTER, 11, ADD_5, ID, 1_000).first().content()).isEqualTo(ADD_1);
        assertThat(outcome(9, ADD_5, 1_000)).isEqualTo(EventOutcome.FORGOTTEN);
    }

    @Test
    void shouldNotKnowOutcomesThatMayHaveOverflowedWhenRestarted() {
        // given
        overflows.startAfter(20);
        ids.remember(COUNTER, ID, ADD_1, 10, 1_000);

        // then: within the window the event cannot have been applied
        assertThat(outcome(20, ADD_1, 1_000 + WINDOW)).isEqualTo(EventOutcome.DUPLICATE);
        assertThat(outcome(20, ADD_5, 1_000 + WINDOW)).isEqualTo(EventOutcome.ID_REUSED);

        // then: after the window the outcome is unknown
        assertThat(outcome(20, ADD_1, 1_001 + WINDOW)).isEqualTo(EventOutcome.FORGOTTEN);
        assertThat(outcome(20, ADD_5, 1_001 + WINDOW)).isEqualTo(EventOutcome.FORGOTTEN);
        assertThat(outcome(21, ADD_5, 1_001 + WINDOW)).isEqualTo(EventOutcome.ID_REUSED);
    }

    private EventOutcome outcome(long offset, EventContent content, long streamTime) {
        return outcomes.of(COUNTER, offset, content, ID, streamTime).outcome();
    }
}
