package dev.tally.query.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.AsOf.Role;
import dev.tally.schemas.read.Receipt;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JointAsOfTest {
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.120Z");
    private static final AsOf EMPTY = new AsOf(null, null, 0L, Role.ACTIVE, TIME);

    @Test
    void shouldBeNoFresherThanTheLeastFresh() {
        // given
        AsOf first = new AsOf(new Receipt(0, 12), TIME, 2L, Role.ACTIVE, TIME.plusMillis(7));
        AsOf second = new AsOf(new Receipt(3, 55), TIME.plusMillis(1), 5L, Role.STANDBY, TIME.plusMillis(5));
        AsOf third = new AsOf(new Receipt(11, 1), TIME.minusMillis(1), 0L, Role.ACTIVE, TIME.plusMillis(9));

        // when, then
        assertThat(JointAsOf.of(List.of(first, second, third)))
                .isEqualTo(new JointAsOf(
                        "0-12,3-55,11-1", new AsOf(null, TIME.plusMillis(1), 5L, Role.STANDBY, TIME.plusMillis(5))));
    }

    @Test
    void shouldNotKnowTheLagWhenThatOfOneIsUnknown() {
        // given
        AsOf known = new AsOf(new Receipt(0, 12), TIME, 2L, Role.ACTIVE, TIME);
        AsOf unknown = new AsOf(new Receipt(1, 12), TIME, null, Role.ACTIVE, TIME);

        // when, then
        assertThat(JointAsOf.of(List.of(known, unknown, known)).rest().lag()).isNull();
    }

    @Test
    void shouldLeaveOutEmptyPartitionsUnlessAllAre() {
        // given
        AsOf filled = new AsOf(new Receipt(1, 12), TIME, 0L, Role.ACTIVE, TIME);

        // when, then
        assertThat(JointAsOf.of(List.of(EMPTY, filled, EMPTY)))
                .isEqualTo(new JointAsOf("1-12", new AsOf(null, TIME, 0L, Role.ACTIVE, TIME)));
        assertThat(JointAsOf.of(List.of(EMPTY, EMPTY))).isEqualTo(new JointAsOf(null, EMPTY));
    }
}
