package dev.tally.service.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares {@link Rfc3339} with a reference implementation (a regular expression and java.time) on random texts. */
class Rfc3339FuzzTest {
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?"
                    + "(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");
    private static final String ALPHABET = "0123456789-:.+TtZz 0\u0661,";
    private static final int ROUNDS = 30_000;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);

    @Test
    void shouldReadExactlyWhatTheGrammarAllows() {
        System.out.println("Rfc3339FuzzTest seed " + seed);
        int valid = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            String text = damaged(time());

            // when
            long millis = Rfc3339.parse(text);

            // then
            assertThat(millis).as("%s", text).isEqualTo(slowly(text));
            if (millis != Rfc3339.NONE && text.charAt(0) < '9' && millis > -62_100_000_000_000L) {
                assertThat(Rfc3339.parse(UtcTime.format(millis))).as("%s", text).isEqualTo(millis);
            }
            valid += millis == Rfc3339.NONE ? 0 : 1;
        }
        assertThat(valid).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    private static long slowly(String text) {
        Matcher matcher = TIME.matcher(text);
        if (text.length() > 64 || !matcher.matches()) {
            return Rfc3339.NONE;
        }
        int[] numbers = new int[6];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Integer.parseInt(matcher.group(i + 1));
        }
        boolean isLeapSecond = numbers[5] == 60;
        int millis = matcher.group(7) == null ? 0 : Integer.parseInt((matcher.group(7) + "00").substring(0, 3));
        try {
            LocalDateTime utc = LocalDateTime.of(
                            numbers[0],
                            numbers[1],
                            numbers[2],
                            numbers[3],
                            numbers[4],
                            isLeapSecond ? 59 : numbers[5],
                            (isLeapSecond ? 999 : millis) * 1_000_000)
                    .minusMinutes(offsetMinutes(matcher));
            boolean isMidnight = utc.toLocalTime().equals(LocalTime.of(23, 59, 59, 999_000_000));
            return isLeapSecond && !isMidnight
                    ? Rfc3339.NONE
                    : utc.toInstant(ZoneOffset.UTC).toEpochMilli();
        } catch (DateTimeException e) {
            return Rfc3339.NONE;
        }
    }

    private static long offsetMinutes(Matcher matcher) {
        if (matcher.group(8) == null) {
            return 0;
        }
        // LocalTime has the bounds of an RFC 3339 offset; java.time's ZoneOffset ends at 18 hours.
        LocalTime offset = LocalTime.of(Integer.parseInt(matcher.group(9)), Integer.parseInt(matcher.group(10)));
        return (matcher.group(8).equals("-") ? -1 : 1) * (offset.toSecondOfDay() / 60L);
    }

    /** A time that is mostly valid. Each number is sometimes just beyond its bounds. */
    private String time() {
        String fraction = random.nextBoolean()
                ? ""
                : "." + "0123456789".repeat(5).substring(random.nextInt(10), 10 + random.nextInt(38));
        String offset = random.nextBoolean()
                ? random.nextBoolean() ? "Z" : "z"
                : String.format(
                        Locale.ROOT, "%s%02d:%02d", random.nextBoolean() ? "+" : "-", random.nextInt(25), upTo(60));
        boolean isLate = random.nextInt(4) == 0;
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d%s%02d:%02d:%02d%s%s",
                random.nextInt(3) == 0 ? random.nextInt(5) * 100 : random.nextInt(10_000),
                random.nextInt(30) == 0 ? random.nextInt(14) : 1 + random.nextInt(12),
                random.nextInt(4) == 0 ? 28 + random.nextInt(5) : random.nextInt(29),
                random.nextInt(4) == 0 ? "t" : "T",
                isLate ? 23 : upTo(24),
                isLate ? 59 : upTo(60),
                isLate ? 60 : upTo(61),
                fraction,
                offset);
    }

    /** A number from 0 to {@code beyond}, exclusive, and sometimes {@code beyond} itself. */
    private int upTo(int beyond) {
        return random.nextInt(20) == 0 ? beyond : random.nextInt(beyond);
    }

    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4) - 2; i > 0; i--) {
            int at = random.nextInt(damaged.length());
            char any = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(3)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, any);
                default -> damaged.setCharAt(at, any);
            }
        }
        return damaged.toString();
    }
}
