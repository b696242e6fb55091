package dev.tally.service.http.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShortDurationTest {
    private static final Duration MAX = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"0s, 0", "0ms, 0", "1ms, 1", "500ms, 500", "2s, 2000", "30s, 30000", "30000ms, 30000"})
    void shouldReadMillisecondsAndSeconds(String text, long millis) {
        assertThat(ShortDuration.parse(text, MAX)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "ms",
                "2",
                "2 s",
                " 2s",
                "2s ",
                "-1s",
                "-0s",
                "+1s",
                "1.5s",
                "1e3ms",
                "02s",
                "00ms",
                "2S",
                "2m",
                "2h",
                "1d",
                "2sec",
                "31s",
                "30001ms",
                "2147483648ms",
                "4294967297s",
                "99999999999999999999s",
                "\u0662s"
            })
    void shouldBeNoneWhenTheTextIsAnythingElse(String text) {
        assertThat(ShortDuration.parse(text, MAX)).isNull();
    }

    @Test
    void shouldSayWhatIsExpected() {
        assertThat(ShortDuration.expected(MAX)).isEqualTo("a duration such as 500ms or 2s, at most 30s");
    }

    @Test
    void shouldReadExactlyWhatTheGrammarAllows() {
        // given
        long seed = Seed.printed(ShortDurationTest.class);
        Random random = new Random(seed);
        String alphabet = "0123456789smms0";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int chars = random.nextInt(6); chars > 0; chars--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append(random.nextInt(4) == 0 ? "" : random.nextBoolean() ? "s" : "ms");

            // when, then
            assertThat(ShortDuration.parse(text.toString(), MAX)).as("%s", text).isEqualTo(slowly(text.toString()));
        }
    }

    private static Duration slowly(String text) {
        Matcher matcher = Pattern.compile("(0|[1-9][0-9]*)(ms|s)").matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        BigInteger millis = new BigInteger(matcher.group(1))
                .multiply(BigInteger.valueOf(matcher.group(2).equals("s") ? 1_000 : 1));
        return millis.compareTo(BigInteger.valueOf(MAX.toMillis())) > 0 ? null : Duration.ofMillis(millis.longValue());
    }
}
