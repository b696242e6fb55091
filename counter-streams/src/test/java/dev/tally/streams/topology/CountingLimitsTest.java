package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tally.Operation;
import dev.tally.schemas.wire.EventEncoder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fields of events from other producers have the same limits as in ingest-api. */
class CountingLimitsTest {
    private static final byte[] KEY = "shop/cart".getBytes();

    private final CountingDriver counting = new CountingDriver();

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void shouldRejectAFieldThatIsTooLong() {
        // when
        send("x".repeat(1_048_300), null);
        send("x".repeat(140), null);
        send(null, "x".repeat(101));
        send(null, "\u20ac".repeat(34));

        // then
        assertThat(counting.rejected())
                .extracting(CountingDriver.Rejected::reason, CountingDriver.Rejected::detail)
                .containsExactly(
                        tuple("too_large", "id: 1048300 bytes (expected: 1 to 139 printable ASCII characters)"),
                        tuple("too_large", "id: 140 bytes (expected: 1 to 139 printable ASCII characters)"),
                        tuple("too_large", "source: 101 bytes (expected: 1 to 100 bytes of UTF-8)"),
                        tuple("too_large", "source: 102 bytes (expected: 1 to 100 bytes of UTF-8)"));
        assertThat(counting.counter("shop/cart")).isNull();
        assertThat(counting.position().offset()).isEqualTo(3);
    }

    @Test
    void shouldRejectAFieldWhenItHasInvalidBytes() {
        // when
        send("", null);
        send("a\nb", null);
        send("ab\u00e9", null);
        send("a\u007f", null);
        send(null, "");

        // then
        assertThat(counting.rejected())
                .extracting(CountingDriver.Rejected::reason, CountingDriver.Rejected::detail)
                .containsExactly(
                        tuple("undecodable", "id: 0 bytes (expected: 1 to 139 printable ASCII characters)"),
                        tuple(
                                "undecodable",
                                "id: 3 bytes, among them 0x0A (expected: 1 to 139 printable ASCII characters)"),
                        tuple(
                                "undecodable",
                                "id: 4 bytes, among them 0xC3 (expected: 1 to 139 printable ASCII characters)"),
                        tuple(
                                "undecodable",
                                "id: 2 bytes, among them 0x7F (expected: 1 to 139 printable ASCII characters)"),
                        tuple("undecodable", "source: 0 bytes (expected: 1 to 100 bytes of UTF-8)"));
        assertThat(counting.counter("shop/cart")).isNull();
    }

    @Test
    void shouldApplyAnEventWhoseFieldsAreAsLongAsTheyMayBe() {
        // when
        send("~".repeat(139), "x".repeat(100));
        send("~".repeat(139), null);
        send(" ", "\u20ac".repeat(33));

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(2);
        assertThat(counting.metrics().duplicate()).isEqualTo(1);
        assertThat(counting.rejected()).isEmpty();
    }

    @Test
    void shouldCountAnEventWhateverItsTimeOfOccurrence() {
        // when
        for (long occurredAt : List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, Long.MAX_VALUE - 1, Long.MAX_VALUE)) {
            counting.sendAt(1_000, "shop/cart", Operation.ADD, 1, null, occurredAt);
        }

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(5);
        assertThat(counting.count('h')).isZero();
    }

    private void send(String id, String source) {
        counting.sendBytes(KEY, EventEncoder.released().encode(Operation.ADD, 1, id, 0, source));
    }
}
