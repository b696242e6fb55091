package dev.tally.schemas.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.testkit.Seed;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterNameTest {
    private static final String NAMESPACE_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789._-";

    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    @Test
    void shouldReadBackANameFromItsKeyAndItsPath() {
        System.out.println(CounterNameTest.class.getSimpleName() + " seed " + seed);
        for (int i = 0; i < 20_000; i++) {
            // given
            String namespace = randomNamespace();
            String counter = randomCounter();

            // when
            CounterName name = CounterName.of(namespace, counter);
            CounterName again = CounterName.ofKey(name.key());

            // then
            assertThat(name.key()).isEqualTo((namespace + "/" + counter).getBytes(StandardCharsets.UTF_8));
            assertThat(again).isEqualTo(name).hasSameHashCodeAs(name).hasToString(namespace + "/" + counter);
            assertThat(again.namespace()).isEqualTo(namespace);
            assertThat(again.counter()).isEqualTo(counter);
            assertThat(name.path()).matches("[a-z0-9._-]+/[A-Za-z0-9._~%-]+");
            assertThat(URLDecoder.decode(name.path(), StandardCharsets.UTF_8)).isEqualTo(namespace + "/" + counter);
        }
    }

    @Test
    void shouldAgreeWithTheFactoryWhenKeysAreRandom() {
        System.out.println(CounterNameTest.class.getSimpleName() + " seed " + seed);
        for (int i = 0; i < 20_000; i++) {
            // given
            byte[] key = new byte[random.nextInt(6)];
            random.nextBytes(key);

            // when
            CounterName name = CounterName.ofKey(key);

            // then
            if (name != null) {
                assertThat(CounterName.of(name.namespace(), name.counter()).key())
                        .isEqualTo(key);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a/b", "-a", ".a", "_a", "a b", "ä", "a\n", "a:", "a%"})
    void shouldRefuseANamespace(String namespace) {
        assertThatThrownBy(() -> CounterName.of(namespace, "c"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageStartingWith("namespace: \"")
                .hasMessageEndingWith("(expected: " + CounterName.NAMESPACE_EXPECTED + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "\u0000",
                "a\tb",
                "a\u007f",
                "\u0080",
                "\u009f",
                "\u202a",
                "abc\u202etxt.exe",
                "\u2066b",
                "a\u2069",
                "\ud800",
                "a\udc00b",
                "\udc00\ud800"
            })
    void shouldRefuseACounter(String counter) {
        assertThatThrownBy(() -> CounterName.of("ns", counter))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageStartingWith("counter: \"")
                .hasMessageEndingWith("(expected: " + CounterName.COUNTER_EXPECTED + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"})
    void shouldEscapeBidirectionalControlsInTheMessageWhenRefused(String control) {
        String escaped = String.format("\\u%04x", control.codePointAt(0));
        assertThatThrownBy(() -> CounterName.of("ns", "a" + control + "b"))
                .hasMessageStartingWith("counter: \"a" + escaped + "b\" ");
        assertThat(CounterName.isPrefix(control)).isFalse();
        assertThat(CounterName.isStored("a" + control)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "\u0000", "\u009f", "\ud800"})
    void shouldNotBeStoredWhenNoReleaseAcceptedTheName(String counter) {
        assertThat(CounterName.isStored(counter)).isFalse();
        assertThat(CounterName.isStored("\u202a".repeat(66) + "ab")).isTrue();
        assertThat(CounterName.isStored("\u202a".repeat(67))).isFalse();
    }

    @Test
    void shouldHoldItsBounds() {
        // when
        CounterName longest = CounterName.of("n".repeat(64), "c".repeat(200));

        // then
        assertThat(longest.key()).hasSize(CounterName.KEY_BYTES_MAX);
        assertThat(CounterName.ofKey(longest.key())).isEqualTo(longest);
        assertThat(CounterName.of("ns", "ü".repeat(100)).key()).hasSize(203);
        assertThatThrownBy(() -> CounterName.of("n".repeat(65), "c")).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> CounterName.of("ns", "c".repeat(201))).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> CounterName.of("ns", "ü".repeat(101))).isInstanceOf(InvalidNameException.class);
        assertThat(CounterName.ofKey(("n".repeat(65) + "/c").getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(CounterName.ofKey(("n/" + "c".repeat(201)).getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "~",
                " ",
                "...",
                ".a",
                "a/b",
                "/",
                "//",
                "a%2Fb",
                ";x",
                "+",
                "ü",
                "\u00a0",
                "\u2029",
                "\u202f",
                "\u2065",
                "\u206a",
                "\u200e",
                "\ud83d\ude00",
                "null"
            })
    void shouldAcceptACounter(String counter) {
        assertThat(CounterName.of("ns", counter).counter()).isEqualTo(counter);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "6e73",
        "2f",
        "6e732f",
        "2f63",
        "6e732f2e",
        "6e732f2e2e",
        "6e732f0a",
        "4e2f63",
        "6e732fff",
        "6e732fc080",
        "6e732feda080",
        "6e732fc285",
        "6e732fe280ae",
        "6e732f61e281a6"
    })
    void shouldRefuseAKey(String hex) {
        assertThat(CounterName.ofKey(HexFormat.of().parseHex(hex))).isNull();
    }

    @Test
    void shouldRefuseNoKey() {
        assertThat(CounterName.ofKey(null)).isNull();
    }

    @Test
    void shouldNotNormalise() {
        assertThat(CounterName.of("ns", "\u00fc")).isNotEqualTo(CounterName.of("ns", "u\u0308"));
    }

    private String randomNamespace() {
        StringBuilder namespace = new StringBuilder();
        namespace.append(NAMESPACE_CHARS.charAt(random.nextInt(36)));
        int more = random.nextInt(CounterName.NAMESPACE_CHARS_MAX);
        for (int i = 0; i < more; i++) {
            namespace.append(NAMESPACE_CHARS.charAt(random.nextInt(NAMESPACE_CHARS.length())));
        }
        return namespace.toString();
    }

    private String randomCounter() {
        while (true) {
            StringBuilder counter = new StringBuilder();
            int length = 1 + random.nextInt(50);
            int charMax = random.nextBoolean() ? 0x80 : 0x110000;
            for (int i = 0; i < length; i++) {
                int c = random.nextInt(charMax);
                if (!Character.isISOControl(c)
                        && !InvalidNameException.isBidirectionalControl(c)
                        && (c < 0xD800 || c > 0xDFFF)) {
                    counter.appendCodePoint(c);
                }
            }
            String text = counter.toString();
            if (!text.isEmpty() && !text.equals(".") && !text.equals("..")) {
                return text;
            }
        }
    }
}
