package dev.tally.service.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void shouldJudgeEverySequenceOfUpToThreeBytesAsTheStrictDecoderDoes() {
        // given
        byte[] bytes = new byte[3];

        // then
        for (int sequence = 0; sequence < 1 << 24; sequence += sequence < 0x800000 ? 4_099 : 1) {
            bytes[0] = (byte) (sequence >> 16);
            bytes[1] = (byte) (sequence >> 8);
            bytes[2] = (byte) sequence;
            int found = Utf8.firstInvalid(bytes, 0, 3);
            if (found >= 0 != isInvalid(bytes)) {
                assertThat(found).as("%06x", sequence).isEqualTo(-2);
            }
        }
    }

    @Test
    void shouldFindTheFirstInvalidByteWhereTheStrictDecoderFindsIt() {
        long seed = Seed.printed(Utf8Test.class);
        Random random = new Random(seed);
        for (int round = 0; round < 100_000; round++) {
            // given
            byte[] bytes = text(random).getBytes(StandardCharsets.UTF_8);
            for (int damage = random.nextInt(3); damage > 0 && bytes.length > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }

            // then
            assertThat(Utf8.firstInvalid(bytes, 0, bytes.length))
                    .as("seed %d", seed)
                    .isEqualTo(decoded(bytes));
        }
    }

    @Test
    void shouldLookAtNothingOutsideTheRange() {
        // given
        byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF};

        // then
        assertThat(Utf8.firstInvalid(bytes, 1, 4)).isEqualTo(-1);
        assertThat(Utf8.firstInvalid(bytes, 1, 3)).isEqualTo(2);
        assertThat(Utf8.firstInvalid(bytes, 2, 2)).isEqualTo(-1);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(20); length > 0; length--) {
            int codePoint = random.nextInt(1 << random.nextInt(1, 21));
            text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? 'x' : codePoint);
        }
        return text.toString();
    }

    private static final CharsetDecoder STRICT = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private static final CharBuffer CHARS = CharBuffer.allocate(1_000);

    private static boolean isInvalid(byte[] bytes) {
        return decoded(bytes) >= 0;
    }

    private static int decoded(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CHARS.clear();
        CoderResult result = STRICT.reset().decode(in, CHARS, true);
        return result.isError() ? in.position() : -1;
    }
}
