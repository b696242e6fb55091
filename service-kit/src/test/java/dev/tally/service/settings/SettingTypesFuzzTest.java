package dev.tally.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the parsers of durations and sizes with a slow reference implementation of the same grammar on random texts. */
class SettingTypesFuzzTest {
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final String ALPHABET = "0123456789-+. mshdKMGiB\u0661";
    private static final int DIGITS_MAX = 18;
    private static final int ROUNDS = 50_000;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    @Test
    void shouldReadExactlyTheDurationsThatTheGrammarAllows() {
        System.out.println("SettingTypesFuzzTest durations seed " + seed);
        DurationType type = new DurationType(Duration.ZERO, Duration.ofMillis(Long.MAX_VALUE));
        SettingType<Duration> narrow = SettingTypes.duration(Duration.ofMillis(5), Duration.ofHours(1));
        for (int i = 0; i < ROUNDS; i++) {
            // given
            String text = text(MILLIS);

            // when
            Duration any = type.parse(text);
            Duration bound = narrow.parse(text);

            // then
            assertThat(any == null ? null : any.toMillis())
                    .as("%s", text)
                    .isEqualTo(slowly(text, MILLIS, 0, Long.MAX_VALUE));
            assertThat(bound == null ? null : bound.toMillis())
                    .as("%s", text)
                    .isEqualTo(slowly(text, MILLIS, 5, 3_600_000));
            if (any != null) {
                assertThat(type.parse(type.format(any))).as("%s", text).isEqualTo(any);
            }
        }
    }

    @Test
    void shouldReadExactlyTheSizesThatTheGrammarAllows() {
        System.out.println("SettingTypesFuzzTest sizes seed " + seed);
        SizeType type = new SizeType(0, Long.MAX_VALUE);
        SettingType<Long> narrow = SettingTypes.size(5, 1 << 20);
        for (int i = 0; i < ROUNDS; i++) {
            // given
            String text = text(BYTES);

            // when
            Long any = type.parse(text);
            Long bound = narrow.parse(text);

            // then
            assertThat(any).as("%s", text).isEqualTo(slowly(text, BYTES, 0, Long.MAX_VALUE));
            assertThat(bound).as("%s", text).isEqualTo(slowly(text, BYTES, 5, 1 << 20));
            if (any != null) {
                assertThat(type.parse(type.format(any))).as("%s", text).isEqualTo(any);
            }
        }
    }

    private static @Nullable Long slowly(String text, Map<String, Long> units, long min, long max) {
        Matcher matcher =
                Pattern.compile("(-?[0-9]{1," + DIGITS_MAX + "})([A-Za-z]+)").matcher(text);
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            return null;
        }
        BigInteger value = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(units.get(matcher.group(2))));
        boolean isWithin =
                value.compareTo(BigInteger.valueOf(min)) >= 0 && value.compareTo(BigInteger.valueOf(max)) <= 0;
        return isWithin ? value.longValueExact() : null;
    }

    /** A number and a unit, sometimes corrupted. */
    private String text(Map<String, Long> units) {
        String[] names = units.keySet().stream().sorted().toArray(String[]::new);
        StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "-" : "");
        text.append(new BigInteger(random.nextInt(random.nextBoolean() ? 12 : 66), random));
        text.append(names[random.nextInt(names.length)]);
        for (int i = random.nextInt(4) - 2; i >= 0; i--) {
            int at = random.nextInt(text.length());
            char any = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at).append(any);
                case 1 -> text.insert(at, any);
                default -> text.setCharAt(at, any);
            }
        }
        return text.toString();
    }
}
