package dev.tally.service.http.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares percent-decoding with a slow reference implementation of the same grammar on random texts. */
class RawTextFuzzTest {
    private static final Pattern ESCAPED = Pattern.compile("(?:%[0-9A-Fa-f]{2}|[\\x00-\\x7F&&[^%]])*");
    private static final Pattern UNIT = Pattern.compile("%(..)|(.)", Pattern.DOTALL);
    private static final String[] PIECES = {
        "a",
        "Z",
        "+",
        ";",
        "/",
        "~",
        "%2F",
        "%2f",
        "%25",
        "%41",
        "%00",
        "%C3%BC",
        "%c3",
        "%F0%9F%98%80",
        "%ED%A0%80",
        "%C0%80",
        "%80",
        "%",
        "%4",
        "%G1",
        "%1g",
        "%%",
        "\u00FC",
        "\uFF05",
        "\u0660"
    };
    private static final int ROUNDS = 50_000;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    @Test
    void shouldDecodeExactlyWhatIsPercentEncodedUtf8() {
        System.out.println("RawTextFuzzTest seed " + seed);
        int decoded = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            StringBuilder around = new StringBuilder();
            int start = random.nextInt(3);
            around.append("%41/".substring(0, start));
            for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
                around.append(PIECES[random.nextInt(random.nextBoolean() ? PIECES.length : 13)]);
            }
            int end = around.length();
            around.append(random.nextBoolean() ? "" : "41");

            // when
            String text = RawText.decode(around.toString(), start, end);

            // then
            assertThat(text).as("%s", around).isEqualTo(slowly(around.substring(start, end)));
            if (text != null) {
                String again = escaped(text);
                assertThat(RawText.decode(again, 0, again.length())).isEqualTo(text);
                decoded++;
            }
        }
        assertThat(decoded).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    private static @Nullable String slowly(String raw) {
        if (!ESCAPED.matcher(raw).matches()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Matcher unit = UNIT.matcher(raw); unit.find(); ) {
            bytes.write(unit.group(1) == null ? unit.group(2).charAt(0) : HexFormat.fromHexDigits(unit.group(1)));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            escaped.append('%').append(HexFormat.of().toHexDigits(each));
        }
        return escaped.toString();
    }
}
