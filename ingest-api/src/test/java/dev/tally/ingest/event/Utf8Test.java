package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Bytes at which the rules change, so that random sequences of them reach every rule. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void shouldAgreeWithTheStandardLibraryOnRandomBytes() {
        // given
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int valid = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(6)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) EDGES[random.nextInt(EDGES.length)];
            }

            // when
            boolean expected = decodes(bytes);

            // then
            assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(expected);
            valid += expected ? 1 : 0;
        }
        assertThat(valid).isGreaterThan(1_000);
    }

    @Test
    void shouldFindAByteBeyondAsciiWhereverItStands() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = new byte[length];
            assertThat(Utf8.isAscii(bytes, 0, length)).isTrue();
            for (int at = 0; at < length; at++) {
                bytes[at] = (byte) 0x80;
                assertThat(Utf8.isAscii(bytes, 0, length)).isFalse();
                bytes[at] = 0;
            }
        }
    }

    @Test
    void shouldCountTheBytesOfAText() {
        for (String text : new String[] {"", "abc", "ü", "€", "😀", "a😀é€"}) {
            assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
        assertThat(Utf8.length("\ud83d")).isEqualTo(-1);
        assertThat(Utf8.length("\ude00")).isEqualTo(-1);
        assertThat(Utf8.length("a\ud83da")).isEqualTo(-1);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
