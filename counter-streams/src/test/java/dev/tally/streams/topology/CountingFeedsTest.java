package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counting with the feeds switched off. */
class CountingFeedsTest {
    private final CountingDriver counting = new CountingDriver();
    private final CountingDriver silent = new CountingDriver();

    @AfterEach
    void close() {
        counting.close();
        silent.close();
    }

    @Test
    void shouldGiveTheSameStateWithoutFeeds() {
        // given
        silent.feeds().set(false);

        // when
        for (CountingDriver driver : new CountingDriver[] {counting, silent}) {
            driver.send("shop/cart", Operation.ADD, 1);
            driver.send("shop/cart", Operation.ADD, Long.MAX_VALUE);
            driver.sendAt(2_000, "shop/cart", Operation.ADD, 2, "a");
            driver.sendAt(2_000, "shop/cart", Operation.ADD, 2, "a");
            driver.sendAt(2_000, "shop/cart", Operation.ADD, 3, "a");
            driver.send("shop/gone", Operation.ADD, 1);
            driver.send("shop/gone", Operation.DELETE, 0);
        }

        // then
        assertThat(counting.feed()).hasSize(4);
        assertThat(counting.rejected()).hasSize(2);
        assertThat(silent.feed()).isEmpty();
        assertThat(silent.rejected()).isEmpty();
        assertThat(silent.total("shop/cart")).isEqualTo(3);
        assertThat(silent.position()).isEqualTo(counting.position());
        assertThat(silent.keyPrefixes()).isEqualTo(counting.keyPrefixes());
        assertThat(silent.changelogRecords()).isEqualTo(counting.changelogRecords());
        assertThat(silent.metrics().applied()).isEqualTo(counting.metrics().applied());
        assertThat(silent.metrics().duplicate()).isEqualTo(1);
        assertThat(Arrays.stream(Rejection.values()).mapToLong(silent.metrics()::rejected))
                .containsExactly(Arrays.stream(Rejection.values())
                        .mapToLong(counting.metrics()::rejected)
                        .boxed()
                        .toArray(Long[]::new));
    }

    @Test
    void shouldWriteOnlyLaterChangesWhenTheFeedsAreSwitchedOn() {
        // given
        silent.feeds().set(false);
        silent.send("shop/cart", Operation.ADD, 1);
        silent.send("shop/quiet", Operation.ADD, 1);

        // when
        silent.feeds().set(true);
        silent.send("shop/cart", Operation.ADD, 1);
        silent.send("shop/cart", Operation.ADD, Long.MAX_VALUE);

        // then
        assertThat(silent.feed()).containsExactly("shop/cart=2@2");
        assertThat(silent.rejected()).hasSize(1);
    }

    @Test
    void shouldWriteOnlyWhatIsAfterTheOffsetOfThePartition() {
        // given
        silent.feeds().setAfter(List.of(2L));

        // when
        silent.send("shop/cart", Operation.ADD, 1);
        silent.send("shop/quiet", Operation.ADD, 1);
        silent.send("shop/cart", Operation.ADD, Long.MAX_VALUE);
        silent.send("shop/cart", Operation.ADD, 1);
        silent.send("shop/cart", Operation.ADD, Long.MAX_VALUE);

        // then
        assertThat(silent.feed()).containsExactly("shop/cart=2@3");
        assertThat(silent.rejected()).hasSize(1);
    }
}
