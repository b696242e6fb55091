package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.Fate;
import dev.tally.streams.state.CounterView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event with an id is applied once per counter within the window, by log time. */
class FoldIdsTest {
    private static final long WINDOW = FoldDriver.WINDOW.toMillis();

    private FoldDriver fold = new FoldDriver();

    @AfterEach
    void close() {
        fold.close();
    }

    @Test
    void shouldCountOnceWhenAnEventIsSentTwice() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 3, "a");
        fold.sendAt(1_001, "shop/cart", Operation.ADD, 3, "a");
        fold.sendAt(1_002, "shop/cart", Operation.ADD, 4, "b");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(7);
        assertThat(fold.counter("shop/cart").duplicates()).isEqualTo(1);
        assertThat(fold.counter("shop/cart").adds()).isEqualTo(2);
        assertThat(fold.metrics().duplicate()).isEqualTo(1);
        assertThat(fold.position().offset()).isEqualTo(2);
        assertThat(fold.feed()).containsExactly("shop/cart=3@0", "shop/cart=7@2");
    }

    @Test
    void shouldKeepWhenItWasUpdatedWhenADuplicateIsDropped() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 3, "a");
        fold.sendAt(2_000, "shop/cart", Operation.ADD, 3, "a");

        // then
        assertThat(fold.counter("shop/cart").lastTime()).isEqualTo(1_000);
        assertThat(fold.counter("shop/cart").lastOffset()).isZero();
        assertThat(fold.position().logTime()).isEqualTo(2_000);
    }

    @Test
    void shouldCountTheSameIdOnceForEachCounter() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_000, "shop/car", Operation.ADD, 1, "ta");
        fold.sendAt(1_000, "shop/cart2", Operation.ADD, 1, "a");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(1);
        assertThat(fold.total("shop/car")).isEqualTo(1);
        assertThat(fold.total("shop/cart2")).isEqualTo(1);
    }

    @Test
    void shouldDropUpToTheEdgeOfTheWindowAndCountPastIt() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "inside");
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "edge");
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "past");
        fold.sendAt(1_000 + WINDOW - 1, "shop/cart", Operation.ADD, 1, "inside");
        fold.sendAt(1_000 + WINDOW, "shop/cart", Operation.ADD, 1, "edge");
        fold.sendAt(1_000 + WINDOW + 1, "shop/cart", Operation.ADD, 1, "past");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(4);
        assertThat(fold.metrics().duplicate()).isEqualTo(2);
    }

    @Test
    void shouldMeasureFromTheFirstTimeWhenDuplicatesGoOn() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(4_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_000 + WINDOW + 1, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_000 + WINDOW + 2, "shop/cart", Operation.ADD, 1, "a");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(2);
    }

    @Test
    void shouldGoByLogTimeWhenAppendTimesStepBack() {
        // when
        fold.sendAt(10_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "b");
        fold.sendAt(10_000 + WINDOW, "shop/cart", Operation.ADD, 1, "b");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(2);
    }

    @Test
    void shouldRememberIdsOfCorrectionsToo() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.SET, 100, "set");
        fold.sendAt(1_001, "shop/cart", Operation.ADD, 1, "add");
        fold.sendAt(1_002, "shop/cart", Operation.SET, 100, "set");
        fold.sendAt(1_003, "shop/cart", Operation.DELETE, 0, "delete");
        fold.sendAt(1_004, "shop/cart", Operation.ADD, 7, "again");
        fold.sendAt(1_005, "shop/cart", Operation.DELETE, 0, "delete");
        fold.sendAt(1_006, "shop/cart", Operation.ADD, 1, "add");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(7);
        assertThat(fold.counter("shop/cart").deletes()).isEqualTo(1);
        assertThat(fold.counter("shop/cart").duplicates()).isEqualTo(2);
    }

    @Test
    void shouldRememberTheDeletionOfAnUnknownCounter() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.DELETE, 0, "delete");
        fold.sendAt(1_001, "shop/cart", Operation.ADD, 7, null);
        fold.sendAt(1_002, "shop/cart", Operation.DELETE, 0, "delete");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(7);
    }

    @Test
    void shouldNotRememberTheIdOfAnEventThatWasRejected() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.SET, Long.MAX_VALUE, null);
        fold.sendAt(1_001, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_002, "shop/cart", Operation.SET, 0, null);
        fold.sendAt(1_003, "shop/cart", Operation.ADD, 1, "a");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(1);
        assertThat(fold.fate("shop/cart", 1, Operation.ADD, 1, "a")).isEqualTo(Fate.OVERFLOW);
        assertThat(fold.fate("shop/cart", 3, Operation.ADD, 1, "a")).isEqualTo(Fate.APPLIED);
    }

    @Test
    void shouldRejectAnIdThatComesAgainWithOtherContent() {
        // given
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_000, "shop/set", Operation.SET, 1, "a");
        fold.sendAt(1_000, "shop/gone", Operation.DELETE, 0, "a");

        // when
        fold.sendAt(2_000, "shop/cart", Operation.ADD, 5, "a");
        fold.sendAt(2_000, "shop/cart", Operation.SET, 1, "a");
        fold.sendAt(2_000, "shop/cart", Operation.DELETE, 0, "a");
        fold.sendAt(2_000, "shop/set", Operation.SET, 2, "a");
        fold.sendAt(2_000, "shop/set", Operation.ADD, 1, "a");
        fold.sendAt(2_000, "shop/gone", Operation.ADD, 0, "a");

        // then
        assertThat(fold.rejected())
                .extracting(FoldDriver.Rejected::reason, FoldDriver.Rejected::detail)
                .containsExactly(
                        tuple("id_reused", "id a: first ADD 1 at 0-0, now ADD 5"),
                        tuple("id_reused", "id a: first ADD 1 at 0-0, now SET 1"),
                        tuple("id_reused", "id a: first ADD 1 at 0-0, now DELETE"),
                        tuple("id_reused", "id a: first SET 1 at 0-1, now SET 2"),
                        tuple("id_reused", "id a: first SET 1 at 0-1, now ADD 1"),
                        tuple("id_reused", "id a: first DELETE at 0-2, now ADD 0"));
        assertThat(fold.total("shop/cart")).isEqualTo(1);
        assertThat(fold.total("shop/set")).isEqualTo(1);
        assertThat(fold.counter("shop/gone")).isNull();
        assertThat(fold.counter("shop/cart").duplicates()).isZero();
        assertThat(fold.metrics().duplicate()).isZero();
        assertThat(fold.position().offset()).isEqualTo(8);
        CounterView.Outcome outcome = fold.outcome("shop/cart", 3, Operation.ADD, 5, "a");
        assertThat(outcome.fate()).isEqualTo(Fate.ID_REUSED);
        assertThat(outcome.first().offset()).isZero();
        assertThat(outcome.first().content()).isEqualTo(new EventContent(Operation.ADD, 1));
        assertThat(fold.fate("shop/gone", 8, Operation.ADD, 0, "a")).isEqualTo(Fate.ID_REUSED);
        assertThat(fold.fate("shop/gone", 8, Operation.DELETE, 0, "a")).isEqualTo(Fate.DUPLICATE);
    }

    @Test
    void shouldKeepWhatAnIdWasAppliedWithWhenItIsReused() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(4_000, "shop/cart", Operation.ADD, 5, "a");
        fold.sendAt(5_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_000 + WINDOW, "shop/cart", Operation.ADD, 5, "a");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(1);
        assertThat(fold.metrics().duplicate()).isEqualTo(1);
        assertThat(fold.rejected()).hasSize(2);

        // when
        fold.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 5, "a");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(6);
        assertThat(fold.rejected()).hasSize(2);
    }

    @Test
    void shouldTakeDeletionsWithTheSameIdForTheSameWhateverTheirValues() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.DELETE, 0, "a");
        fold.sendAt(1_001, "shop/cart", Operation.DELETE, 7, "a");

        // then
        assertThat(fold.metrics().duplicate()).isEqualTo(1);
        assertThat(fold.rejected()).isEmpty();
    }

    @Test
    void shouldTellWhatBecameOfAnEvent() {
        // when
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_001, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_002, "shop/cart", Operation.ADD, Long.MAX_VALUE, null);
        fold.sendAt(1_003, "shop/cart", Operation.ADD, 1, null);

        // then
        assertThat(fold.fate("shop/cart", 0, Operation.ADD, 1, "a")).isEqualTo(Fate.APPLIED);
        assertThat(fold.fate("shop/cart", 1, Operation.ADD, 1, "a")).isEqualTo(Fate.DUPLICATE);
        assertThat(fold.fate("shop/cart", 2, Operation.ADD, 1, null)).isEqualTo(Fate.OVERFLOW);
        assertThat(fold.fate("shop/cart", 3, Operation.ADD, 1, null)).isEqualTo(Fate.APPLIED);
        assertThat(fold.fate("shop/cart", 3, Operation.ADD, 1, "never")).isEqualTo(Fate.FORGOTTEN);
    }

    @Test
    void shouldForgetOldOverflowsWhenThereAreTooMany() {
        // given
        fold.sendAt(1_000, "shop/cart", Operation.SET, Long.MAX_VALUE, null);

        // when
        for (int i = 0; i <= 1_000; i++) {
            fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, null);
        }

        // then
        assertThat(fold.fate("shop/cart", 1, Operation.ADD, 1, null)).isEqualTo(Fate.FORGOTTEN);
        assertThat(fold.fate("shop/cart", 2, Operation.ADD, 1, null)).isEqualTo(Fate.OVERFLOW);
    }

    @Test
    void shouldRemoveIdsFromTheStoreWhenTheyHaveExpired() {
        // given
        for (int i = 0; i < 200; i++) {
            fold.sendAt(1_000 + i, "shop/cart", Operation.ADD, 1, "id-" + i);
        }
        assertThat(fold.keyPrefixes()).contains("e".repeat(200)).doesNotContain("i");

        // when
        fold.sendAt(1_199 + WINDOW + 1, "shop/cart", Operation.ADD, 1, "id-0");
        for (int i = 0; i < 10; i++) {
            fold.sendAt(1_199 + WINDOW + 1, "shop/cart", Operation.ADD, 1, null);
        }

        // then
        assertThat(fold.keyPrefixes()).isEqualTo("egmntx");
        assertThat(fold.total("shop/cart")).isEqualTo(211);

        // when
        fold.sendAt(1_199 + WINDOW + 2, "shop/cart", Operation.ADD, 1, "id-0");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(211);
    }

    @Test
    void shouldRemoveSomeHundredsGroupsACommitWhenTheLogTimeJumps() {
        // given
        for (int i = 0; i < 1_200; i++) {
            fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "id-" + i);
        }
        assertThat(fold.count('e')).isEqualTo(1_200);

        // when
        fold.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 1);

        // then
        assertThat(fold.count('e')).isEqualTo(700);

        // when: of one that is removed and one that is not
        fold.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 1, "id-0");
        fold.sendAt(1_001 + WINDOW, "shop/cart", Operation.ADD, 1, "id-1199");

        // then
        assertThat(fold.total("shop/cart")).isEqualTo(1_203);
        assertThat(fold.count('e')).isEqualTo(2);
    }

    @Test
    void shouldFindAnIdAgainWhenTheStateWasRestored() {
        // given
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "a");
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "b");

        // when / then
        try (FoldDriver restored = fold.restored()) {
            assertThat(restored.fate("shop/cart", 1, Operation.ADD, 1, "b")).isEqualTo(Fate.APPLIED);
            assertThat(restored.fate("shop/cart", 1, Operation.ADD, 1, "a")).isEqualTo(Fate.DUPLICATE);
            assertThat(restored.fate("shop/cart", 1, Operation.ADD, 1, "c")).isEqualTo(Fate.FORGOTTEN);
        }
    }

    @Test
    void shouldRemoveSomeHundredsIdsACommitWhenTheLogTimeJumps() {
        // given
        withoutIdsInMemory();
        int ids = 20_000;
        FoldModel model = new FoldModel(FoldDriver.WINDOW, FoldDriver.HISTORY);
        fold.holdCommits(true);
        for (int i = 0; i < ids; i++) {
            send(model, 1_000, "shop/cart", "id-" + i);
        }
        fold.holdCommits(false);
        send(model, 1_000, "shop/cart", null);
        assertThat(fold.keyPrefixes()).doesNotContain("i");
        send(model, 1_000, "shop/cart", null);
        assertThat(fold.count('i')).isEqualTo(ids);
        long later = 1_000 + WINDOW + 1;

        // when: an id that has expired and is not removed, one that comes again, and many records
        int left = ids;
        int fresh = 0;
        long written = fold.changelogRecords();
        while (left > 0) {
            fold.holdCommits(true);
            String id = "id-" + (ids - 1 - fresh / 2);
            send(model, later, "shop/cart", id);
            fresh += fold.counter("shop/cart").lastOffset() == fold.position().offset() ? 1 : 0;
            for (int i = 0; i < 1_000; i++) {
                send(model, later, "shop/bag", null);
            }
            fold.holdCommits(false);
            send(model, later, "shop/bag", null);

            // then
            int leftNow = Math.max(0, fold.count('i') - fresh); // the last fresh one is in a group still
            assertThat(left - leftNow).isBetween(1, 600);
            long writtenNow = fold.changelogRecords();
            assertThat(writtenNow - written).isLessThanOrEqualTo(600);
            assertThat(fold.total("shop/cart"))
                    .isEqualTo(model.counter("shop/cart").total());
            assertThat(fold.total("shop/bag"))
                    .isEqualTo(model.counter("shop/bag").total());
            written = writtenNow;
            left = leftNow;
        }
        assertThat(fold.metrics().duplicate()).isEqualTo(model.duplicates());
        assertThat(fold.count('s')).isLessThanOrEqualTo(fresh);
    }

    @Test
    void shouldRemoveMoreIdsThanComeWhenManyComeAfterTheLogTimeJumped() {
        // given
        withoutIdsInMemory();
        int ids = 5_000;
        fold.holdCommits(true);
        for (int i = 0; i < ids; i++) {
            fold.sendAt(1_000, "shop/cart", Operation.ADD, 1, "id-" + i);
        }
        fold.holdCommits(false);
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1);
        fold.sendAt(1_000, "shop/cart", Operation.ADD, 1);
        assertThat(fold.count('i')).isEqualTo(ids);
        long later = 1_000 + WINDOW + 1;

        // when
        int commits = 0;
        int sent = 0;
        while (fold.count('i') > Math.max(0, sent - 2_000)) { // the latest are in groups still
            fold.holdCommits(true);
            for (int i = 0; i < 2_000; i++) {
                fold.sendAt(later, "shop/cart", Operation.ADD, 1, "new-" + sent++);
            }
            fold.holdCommits(false);
            fold.sendAt(later, "shop/cart", Operation.ADD, 1);
            commits++;
        }

        // then: 4,500 at most in each
        assertThat(commits).isEqualTo(2);
    }

    private void withoutIdsInMemory() {
        fold.close();
        fold = FoldDriver.withoutIdsInMemory();
    }

    private void send(FoldModel model, long time, String name, String id) {
        fold.sendAt(time, name, Operation.ADD, 1, id);
        model.apply(time, name, Operation.ADD, 1, id, 0);
    }
}
