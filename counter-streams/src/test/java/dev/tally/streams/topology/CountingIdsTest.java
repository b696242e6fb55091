package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.streams.state.serving.CounterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event with an ID is applied once per counter within the deduplication window, in stream time. */
class CountingIdsTest {
    private static final long WINDOW = CountingDriver.WINDOW.toMillis();

    private CountingDriver counting = new CountingDriver();

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void shouldCountOnceWhenAnEventIsSentTwice() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 3, "a");
        counting.sendAt(1_001, "shop/cart", Operation.ADD, 3, "a");
        counting.sendAt(1_002, "shop/cart", Operation.ADD, 4, "b");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(7);
        assertThat(counting.counter("shop/cart").duplicates()).isEqualTo(1);
        assertThat(counting.counter("shop/cart").adds()).isEqualTo(2);
        assertThat(counting.metrics().duplicate()).isEqualTo(1);
        assertThat(counting.position().offset()).isEqualTo(2);
        assertThat(counting.feed()).containsExactly("shop/cart=3@0", "shop/cart=7@2");
    }

    @Test
    void shouldKeepWhenItWasUpdatedWhenADuplicateIsDropped() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 3, "a");
        counting.sendAt(2_000, "shop/cart", Operation.ADD, 3, "a");

        // then
        assertThat(counting.counter("shop/cart").lastTime()).isEqualTo(1_000);
        assertThat(counting.counter("shop/cart").lastOffset()).isZero();
        assertThat(counting.position().streamTime()).isEqualTo(2_000);
    }

    @Test
    void shouldCountTheSameIdOnceForEachCounter() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_000, "shop/car", Operation.ADD, 1, "ta");
        counting.sendAt(1_000, "shop/cart2", Operation.ADD, 1, "a");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(1);
        assertThat(counting.total("shop/car")).isEqualTo(1);
        assertThat(counting.total("shop/cart2")).isEqualTo(1);
    }

    @Test
    void shouldDropUpToTheEdgeOfTheWindowAndCountPastIt() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "inside");
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "edge");
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "past");
        counting.sendAt(1_000 + WINDOW - 1, "shop/cart", Operation.ADD, 1, "inside");
        counting.sendAt(1_000 + WINDOW, "shop/cart", Operation.ADD, 1, "edge");
        counting.sendAt(1_000 + WINDOW + 1, "shop/cart", Operation.ADD, 1, "past");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(4);
        assertThat(counting.metrics().duplicate()).isEqualTo(2);
    }

    @Test
    void shouldMeasureFromTheFirstTimeWhenDuplicatesGoOn() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(4_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_000 + WINDOW + 1, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_000 + WINDOW + 2, "shop/cart", Operation.ADD, 1, "a");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(2);
    }

    @Test
    void shouldUseStreamTimeWhenAppendTimesDecrease() {
        // when
        counting.sendAt(10_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "b");
        counting.sendAt(10_000 + WINDOW, "shop/cart", Operation.ADD, 1, "b");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(2);
    }

    @Test
    void shouldRememberIdsOfCorrectionsToo() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.SET, 100, "set");
        counting.sendAt(1_001, "shop/cart", Operation.ADD, 1, "add");
        counting.sendAt(1_002, "shop/cart", Operation.SET, 100, "set");
        counting.sendAt(1_003, "shop/cart", Operation.DELETE, 0, "delete");
        counting.sendAt(1_004, "shop/cart", Operation.ADD, 7, "again");
        counting.sendAt(1_005, "shop/cart", Operation.DELETE, 0, "delete");
        counting.sendAt(1_006, "shop/cart", Operation.ADD, 1, "add");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(7);
        assertThat(counting.counter("shop/cart").deletes()).isEqualTo(1);
        assertThat(counting.counter("shop/cart").duplicates()).isEqualTo(2);
    }

    @Test
    void shouldRememberTheDeletionOfAnUnknownCounter() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.DELETE, 0, "delete");
        counting.sendAt(1_001, "shop/cart", Operation.ADD, 7, null);
        counting.sendAt(1_002, "shop/cart", Operation.DELETE, 0, "delete");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(7);
    }

    @Test
    void shouldNotRememberTheIdOfAnEventThatWasRejected() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.SET, Long.MAX_VALUE, null);
        counting.sendAt(1_001, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_002, "shop/cart", Operation.SET, 0, null);
        counting.sendAt(1_003, "shop/cart", Operation.ADD, 1, "a");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(1);
        assertThat(counting.outcome("shop/cart", 1, Operation.ADD, 1, "a")).isEqualTo(EventOutcome.OVERFLOW);
        assertThat(counting.outcome("shop/cart", 3, Operation.ADD, 1, "a")).isEqualTo(EventOutcome.APPLIED);
    }

    @Test
    void shouldRejectAnIdThatComesAgainWithOtherContent() {
        // given
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_000, "shop/set", Operation.SET, 1, "a");
        counting.sendAt(1_000, "shop/gone", Operation.DELETE, 0, "a");

        // when
        counting.sendAt(2_000, "shop/cart", Operation.ADD, 5, "a");
        counting.sendAt(2_000, "shop/cart", Operation.SET, 1, "a");
        counting.sendAt(2_000, "shop/cart", Operation.DELETE, 0, "a");
        counting.sendAt(2_000, "shop/set", Operation.SET, 2, "a");
        counting.sendAt(2_000, "shop/set", Operation.ADD, 1, "a");
        counting.sendAt(2_000, "shop/gone", Operation.ADD, 0, "a");

        // then
        assertThat(counting.rejected())
                .extracting(CountingDriver.Rejected::reason, CountingDriver.Rejected::detail)
                .containsExactly(
                        tuple("id_reused", "id a: first ADD 1 at 0-0, now ADD 5"),
                        tuple("id_reused", "id a: first ADD 1 at 0-0, now SET 1"),
                        tuple("id_reused", "id a: first ADD 1 at 0-0, now DELETE"),
                        tuple("id_reused", "id a: first SET 1 at 0-1, now SET 2"),
                        tuple("id_reused", "id a: first SET 1 at 0-1, now ADD 1"),
                        tuple("id_reused", "id a: first DELETE at 0-2, now ADD 0"));
        assertThat(counting.total("shop/cart")).isEqualTo(1);
        assertThat(counting.total("shop/set")).isEqualTo(1);
        assertThat(counting.counter("shop/gone")).isNull();
        assertThat(counting.counter("shop/cart").duplicates()).isZero();
        assertThat(counting.metrics().duplicate()).isZero();
        assertThat(counting.position().offset()).isEqualTo(8);
        CounterView.CountedEvent outcome = counting.counted("shop/cart", 3, Operation.ADD, 5, "a");
        assertThat(outcome.outcome()).isEqualTo(EventOutcome.ID_REUSED);
        assertThat(outcome.first().offset()).isZero();
        assertThat(outcome.first().content()).isEqualTo(new EventContent(Operation.ADD, 1));
        assertThat(counting.outcome("shop/gone", 8, Operation.ADD, 0, "a")).isEqualTo(EventOutcome.ID_REUSED);
        assertThat(counting.outcome("shop/gone", 8, Operation.DELETE, 0, "a")).isEqualTo(EventOutcome.DUPLICATE);
    }

    @Test
    void shouldKeepWhatAnIdWasAppliedWithWhenItIsReused() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(4_000, "shop/cart", Operation.ADD, 5, "a");
        counting.sendAt(5_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_000 + WINDOW, "shop/cart", Operation.ADD, 5, "a");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(1);
        assertThat(counting.metrics().duplicate()).isEqualTo(1);
        assertThat(counting.rejected()).hasSize(2);

        // when
        counting.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 5, "a");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(6);
        assertThat(counting.rejected()).hasSize(2);
    }

    @Test
    void shouldTreatDeletionsWithTheSameIdAsDuplicatesWhateverTheirValues() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.DELETE, 0, "a");
        counting.sendAt(1_001, "shop/cart", Operation.DELETE, 7, "a");

        // then
        assertThat(counting.metrics().duplicate()).isEqualTo(1);
        assertThat(counting.rejected()).isEmpty();
    }

    @Test
    void shouldReturnTheOutcomeOfAnEvent() {
        // when
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_001, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_002, "shop/cart", Operation.ADD, Long.MAX_VALUE, null);
        counting.sendAt(1_003, "shop/cart", Operation.ADD, 1, null);

        // then
        assertThat(counting.outcome("shop/cart", 0, Operation.ADD, 1, "a")).isEqualTo(EventOutcome.APPLIED);
        assertThat(counting.outcome("shop/cart", 1, Operation.ADD, 1, "a")).isEqualTo(EventOutcome.DUPLICATE);
        assertThat(counting.outcome("shop/cart", 2, Operation.ADD, 1, null)).isEqualTo(EventOutcome.OVERFLOW);
        assertThat(counting.outcome("shop/cart", 3, Operation.ADD, 1, null)).isEqualTo(EventOutcome.APPLIED);
        assertThat(counting.outcome("shop/cart", 3, Operation.ADD, 1, "never")).isEqualTo(EventOutcome.FORGOTTEN);
    }

    @Test
    void shouldForgetOldOverflowsWhenThereAreTooMany() {
        // given
        counting.sendAt(1_000, "shop/cart", Operation.SET, Long.MAX_VALUE, null);

        // when
        for (int i = 0; i <= 1_000; i++) {
            counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, null);
        }

        // then
        assertThat(counting.outcome("shop/cart", 1, Operation.ADD, 1, null)).isEqualTo(EventOutcome.FORGOTTEN);
        assertThat(counting.outcome("shop/cart", 2, Operation.ADD, 1, null)).isEqualTo(EventOutcome.OVERFLOW);
    }

    @Test
    void shouldRemoveIdsFromTheStoreWhenTheyHaveExpired() {
        // given
        for (int i = 0; i < 200; i++) {
            counting.sendAt(1_000 + i, "shop/cart", Operation.ADD, 1, "id-" + i);
        }
        assertThat(counting.keyPrefixes()).contains("e".repeat(200)).doesNotContain("i");

        // when
        counting.sendAt(1_199 + WINDOW + 1, "shop/cart", Operation.ADD, 1, "id-0");
        for (int i = 0; i < 10; i++) {
            counting.sendAt(1_199 + WINDOW + 1, "shop/cart", Operation.ADD, 1, null);
        }

        // then
        assertThat(counting.keyPrefixes()).isEqualTo("egmntx");
        assertThat(counting.total("shop/cart")).isEqualTo(211);

        // when
        counting.sendAt(1_199 + WINDOW + 2, "shop/cart", Operation.ADD, 1, "id-0");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(211);
    }

    @Test
    void shouldRemoveSomeHundredsGroupsACommitWhenTheStreamTimeJumps() {
        // given
        for (int i = 0; i < 1_200; i++) {
            counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "id-" + i);
        }
        assertThat(counting.count('e')).isEqualTo(1_200);

        // when
        counting.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 1);

        // then
        assertThat(counting.count('e')).isEqualTo(700);

        // when: an ID of a removed group and one of a group that is not removed
        counting.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 1, "id-0");
        counting.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 1, "id-1199");

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(1_203);
        assertThat(counting.count('e')).isEqualTo(2);
    }

    @Test
    void shouldFindAnIdAgainWhenTheStateWasRestored() {
        // given
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "b");

        // when / then
        try (CountingDriver restored = counting.restored()) {
            assertThat(restored.outcome("shop/cart", 1, Operation.ADD, 1, "b")).isEqualTo(EventOutcome.APPLIED);
            assertThat(restored.outcome("shop/cart", 1, Operation.ADD, 1, "a")).isEqualTo(EventOutcome.DUPLICATE);
            assertThat(restored.outcome("shop/cart", 1, Operation.ADD, 1, "c")).isEqualTo(EventOutcome.FORGOTTEN);
        }
    }

    @Test
    void shouldRemoveSomeHundredsIdsACommitWhenTheStreamTimeJumps() {
        // given
        withoutIdsInMemory();
        int ids = 20_000;
        CountingModel model = new CountingModel(CountingDriver.WINDOW, CountingDriver.HISTORY);
        counting.holdCommits(true);
        for (int i = 0; i < ids; i++) {
            send(model, 1_000, "shop/cart", "id-" + i);
        }
        counting.holdCommits(false);
        send(model, 1_000, "shop/cart", null);
        assertThat(counting.keyPrefixes()).doesNotContain("i");
        send(model, 1_000, "shop/cart", null);
        assertThat(counting.count('i')).isEqualTo(ids);
        long later = 1_000 + WINDOW + 1;

        // when: an expired ID that is not removed, a repeated ID, and many records
        int left = ids;
        int fresh = 0;
        long written = counting.changelogRecords();
        while (left > 0) {
            counting.holdCommits(true);
            String id = "id-" + (ids - 1 - fresh / 2);
            send(model, later, "shop/cart", id);
            fresh += counting.counter("shop/cart").lastOffset()
                            == counting.position().offset()
                    ? 1
                    : 0;
            for (int i = 0; i < 1_000; i++) {
                send(model, later, "shop/bag", null);
            }
            counting.holdCommits(false);
            send(model, later, "shop/bag", null);

            // then
            int leftNow = Math.max(0, counting.count('i') - fresh); // the last fresh ID is still in a group
            assertThat(left - leftNow).isBetween(1, 600);
            long writtenNow = counting.changelogRecords();
            assertThat(writtenNow - written).isLessThanOrEqualTo(600);
            assertThat(counting.total("shop/cart"))
                    .isEqualTo(model.counter("shop/cart").total());
            assertThat(counting.total("shop/bag"))
                    .isEqualTo(model.counter("shop/bag").total());
            written = writtenNow;
            left = leftNow;
        }
        assertThat(counting.metrics().duplicate()).isEqualTo(model.duplicates());
        assertThat(counting.count('s')).isLessThanOrEqualTo(fresh);
    }

    @Test
    void shouldRemoveMoreIdsThanComeWhenManyComeAfterTheStreamTimeJumped() {
        // given
        withoutIdsInMemory();
        int ids = 5_000;
        counting.holdCommits(true);
        for (int i = 0; i < ids; i++) {
            counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, "id-" + i);
        }
        counting.holdCommits(false);
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1);
        counting.sendAt(1_000, "shop/cart", Operation.ADD, 1);
        assertThat(counting.count('i')).isEqualTo(ids);
        long later = 1_000 + WINDOW + 1;

        // when
        int commits = 0;
        int sent = 0;
        while (counting.count('i') > Math.max(0, sent - 2_000)) { // the latest IDs are still in groups
            counting.holdCommits(true);
            for (int i = 0; i < 2_000; i++) {
                counting.sendAt(later, "shop/cart", Operation.ADD, 1, "new-" + sent++);
            }
            counting.holdCommits(false);
            counting.sendAt(later, "shop/cart", Operation.ADD, 1);
            commits++;
        }

        // then: each commit removes at most 4,500 IDs
        assertThat(commits).isEqualTo(2);
    }

    private void withoutIdsInMemory() {
        counting.close();
        counting = CountingDriver.withoutIdsInMemory();
    }

    private void send(CountingModel model, long time, String name, String id) {
        counting.sendAt(time, name, Operation.ADD, 1, id);
        model.apply(time, name, Operation.ADD, 1, id, 0);
    }
}
