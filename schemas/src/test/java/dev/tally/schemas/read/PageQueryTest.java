package dev.tally.schemas.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageQueryTest {
    private static final String ONCE_ALLOWED = "a\u202eb";

    @Test
    void shouldTakeAPageWithNamesThatWereAllowedOnce() {
        // given
        PageQuery query = PageQuery.byName("shop", "a", null, 10);

        // then
        assertThat(query.fits(page(ONCE_ALLOWED))).isTrue();
        assertThat(PageQuery.byName("shop", "a", ONCE_ALLOWED, 10).beyond()).isEqualTo(ONCE_ALLOWED);
        assertThat(query.fits(page("a\u0000"))).isFalse();
        assertThatThrownBy(() -> PageQuery.byName("shop", ONCE_ALLOWED, null, 10))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CounterPage page(String name) {
        return new CounterPage(List.of(new CounterPage.Entry(name, 1, Instant.EPOCH)), name);
    }
}
