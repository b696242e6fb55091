package dev.tally.schemas.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the checks of names and keys with a slow reference implementation of the same rules on random texts and bytes. */
class CounterNameFuzzTest {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F\u202A-\u202E\u2066-\u2069]");
    private static final String NAMESPACE_CHARS = "abz019._-";
    private static final String ANY_CHARS =
            "AaZz0/.%~ \u0000\u001F\u007F\u0080\u009F\u00A0\u07FF\u0800\u2029\u202A\u202E\u202F\u2065\u2066\u2069\u206A\uD800\uDBFF\uDC00\uFFFD";
    private static final int ROUNDS = 30_000;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    @Test
    void shouldAcceptExactlyTheNamesThatTheRulesAllow() {
        System.out.println("CounterNameFuzzTest names seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            String namespace = namespace();
            String counter = counter();

            // when
            String outcome = outcome(namespace, counter);

            // then
            assertThat(outcome).as("%s/%s", namespace, counter).isEqualTo(slowly(namespace, counter));
            assertThat(CounterName.isPrefix(counter)).as("%s", counter).isEqualTo(isPrefix(counter));
            taken += outcome.equals("taken") ? 1 : 0;
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    @Test
    void shouldReadExactlyTheKeysThatSpellNames() {
        System.out.println("CounterNameFuzzTest keys seed " + seed);
        int read = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            byte[] key = damaged((namespace() + "/" + counter()).getBytes(StandardCharsets.UTF_8));
            String text = decoded(key);

            // when
            CounterName name = CounterName.ofKey(key);

            // then
            assertThat(name == null ? null : name.toString()).as("%s", text).isEqualTo(isKey(text) ? text : null);
            if (name != null) {
                assertThat(CounterName.of(name.namespace(), name.counter()).key())
                        .isEqualTo(key);
                read++;
            }
        }
        assertThat(read).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    /** {@code taken}, or the part that was refused. */
    private static String outcome(String namespace, String counter) {
        try {
            CounterName name = CounterName.of(namespace, counter);
            assertThat(CounterName.ofKey(name.key())).isEqualTo(name);
            return "taken";
        } catch (InvalidNameException e) {
            return e.part();
        }
    }

    private static String slowly(String namespace, String counter) {
        if (!NAMESPACE.matcher(namespace).matches()) {
            return "namespace";
        }
        return isCounter(counter) ? "taken" : "counter";
    }

    private static boolean isCounter(String text) {
        return isPrefix(text) && !text.isEmpty() && !text.equals(".") && !text.equals("..");
    }

    private static boolean isPrefix(String text) {
        try {
            return !CONTROL.matcher(text).find()
                    && StandardCharsets.UTF_8
                                    .newEncoder()
                                    .encode(CharBuffer.wrap(text))
                                    .remaining()
                            <= 200;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isKey(@Nullable String text) {
        int slash = text == null ? -1 : text.indexOf('/');
        return text != null
                && slash >= 0
                && slowly(text.substring(0, slash), text.substring(slash + 1)).equals("taken");
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Mostly valid, and sometimes of about the maximum length. */
    private String namespace() {
        return text(random.nextInt(10) == 0 ? 60 + random.nextInt(8) : random.nextInt(6), NAMESPACE_CHARS, 100);
    }

    private String counter() {
        return text(random.nextInt(5) == 0 ? 190 + random.nextInt(14) : random.nextInt(5), "ab./%z", 40);
    }

    /** @param oneIn one in this many characters may be any character instead of a usual one */
    private String text(int length, String usual, int oneIn) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            if (random.nextInt(oneIn) > 0) {
                text.append(usual.charAt(random.nextInt(usual.length())));
            } else if (random.nextInt(4) == 0) {
                text.appendCodePoint(Character.MIN_SUPPLEMENTARY_CODE_POINT + random.nextInt(1 << 20));
            } else {
                text.append(ANY_CHARS.charAt(random.nextInt(ANY_CHARS.length())));
            }
        }
        return text.toString();
    }

    private byte[] damaged(byte[] key) {
        for (int i = random.nextInt(3); i > 0 && key.length > 0; i--) {
            key[random.nextInt(key.length)] = (byte) random.nextInt();
        }
        return key;
    }
}
