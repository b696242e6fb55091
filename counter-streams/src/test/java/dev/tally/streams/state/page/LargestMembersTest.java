package dev.tally.streams.state.page;

import static dev.tally.streams.state.entry.LargestEntry.filled;
import static dev.tally.streams.state.entry.LargestEntry.size;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.streams.state.entry.StateKeys;
import org.junit.jupiter.api.Test;

/** All entries of the index are far smaller than the default limit of a broker. */
class LargestMembersTest {
    private static final byte[] KEY = filled(CounterName.KEY_BYTES_MAX);
    private static final byte[] NAMESPACE = filled(CounterName.NAMESPACE_CHARS_MAX);

    @Test
    void shouldBoundANamespace() {
        // given
        NamespaceTop top = new NamespaceTop(NAMESPACE);
        top.members = Integer.MAX_VALUE;
        top.floor = new Rank(Long.MIN_VALUE, KEY);
        top.scanned = KEY;

        // then
        assertThat(size(NamespaceTop.stateKey(NAMESPACE), top.value())).isLessThan(1_000);
        assertThat(size(StateKeys.prefixed(TopIndex.PREFIX, KEY), new byte[0])).isLessThan(1_000);
    }
}
