package dev.tally.service.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.Seed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final DateTimeFormatter JAVA =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter WITH_OFFSET = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

    @Test
    void shouldWriteWhatJavaTimeWritesWhateverTheTime() {
        long seed = Seed.printed(TimesTest.class);
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            // given
            long millis = switch (i % 3) {
                case 0 -> random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L);
                case 1 -> random.nextLong(0, 4_102_444_800_000L);
                default -> random.nextLong(-400_000, 400_000) * 86_400_000L + random.nextInt(3) - 1;
            };

            // then
            assertThat(UtcTime.format(millis)).as("seed %d", seed).isEqualTo(JAVA.format(Instant.ofEpochMilli(millis)));
        }
    }

    @Test
    void shouldWriteEveryDayOf800YearsAsJavaTimeDoes() {
        for (long day = -200_000; day < 100_000; day++) {
            long millis = day * 86_400_000L;
            assertThat(UtcTime.format(millis)).isEqualTo(JAVA.format(Instant.ofEpochMilli(millis)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -62_167_219_200_001L, 253_402_300_800_000L, Long.MAX_VALUE})
    void shouldFitWhenTheYearHasMoreDigitsOrIsNegative(long millis) {
        assertThat(UtcTime.format(millis)).isEqualTo(JAVA.format(Instant.ofEpochMilli(millis)));
    }

    @Test
    void shouldReadBackWhatJavaTimeWritesWhateverTheOffset() {
        long seed = Seed.printed(TimesTest.class);
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            // given
            Instant instant = Instant.ofEpochMilli(random.nextLong(-62_100_000_000_000L, 253_402_000_000_000L));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(36 * 60) - 18 * 60) * 60);
            String text = WITH_OFFSET.format(instant.atOffset(offset));

            // then
            assertThat(Rfc3339.parse(text)).as("seed %d: %s", seed, text).isEqualTo(instant.toEpochMilli());
        }
    }

    @Test
    void shouldJudgeDatesAsJavaTimeDoes() {
        for (int year : new int[] {0, 1, 1900, 1970, 2000, 2023, 2024, 2100, 9999}) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = "%04d-%02d-%02dT12:00:00Z".formatted(year, month, day);
                    assertThat(Rfc3339.parse(text)).as(text).isEqualTo(javaMillis(year, month, day));
                }
            }
        }
    }

    private static long javaMillis(int year, int month, int day) {
        try {
            return OffsetDateTime.of(year, month, day, 12, 0, 0, 0, ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return Rfc3339.NONE;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01t00:00:00z, 0",
        "1970-01-01T00:00:00.1Z, 100",
        "1970-01-01T00:00:00.12Z, 120",
        "1970-01-01T00:00:00.123456789Z, 123",
        "1970-01-01T00:00:00-00:00, 0",
        "1970-01-01T00:00:00+23:59, -86340000",
        "1998-12-31T23:59:60Z, 915148799999",
        "1998-12-31T18:59:60.5-05:00, 915148799999",
    })
    void shouldReadTheFormsThatRfc3339Allows(String text, long millis) {
        assertThat(Rfc3339.parse(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1970-01-01",
                "1970-01-01T00:00Z",
                "1970-01-01T00:00:00",
                "1970-01-01 00:00:00Z",
                "1970-01-01T00:00:00.Z",
                "1970-01-01T00:00:00,5Z",
                "1970-01-01T24:00:00Z",
                "1970-01-01T00:60:00Z",
                "1970-01-01T00:00:61Z",
                "1998-12-31T12:59:60Z",
                "1970-01-01T00:00:00+24:00",
                "1970-01-01T00:00:00+01:60",
                "1970-01-01T00:00:00+0100",
                "1970-01-01T00:00:00+01",
                "1970-01-01T00:00:00Z ",
                "+1970-01-01T00:00:00Z",
                "-970-01-01T00:00:00Z",
                "1970-1-01T00:00:00Z",
                "１970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.0000000000000000000000000000000000000000000000000000Z",
            })
    void shouldRefuseWhatIsNoSuchTime(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(Rfc3339.NONE);
    }
}
