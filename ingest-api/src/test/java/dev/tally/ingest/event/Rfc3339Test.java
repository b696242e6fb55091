package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    private static long parse(String text) {
        char[] padded = ("xx" + text + "00").toCharArray(); // what surrounds the text must not matter
        return Rfc3339.parse(padded, 2, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T13:00:00Z,               2026-11-24T13:00:00Z",
        "2026-11-24t13:00:00z,               2026-11-24T13:00:00Z",
        "2026-11-24T13:00:00.1Z,             2026-11-24T13:00:00.100Z",
        "2026-11-24T13:00:00.123456789Z,     2026-11-24T13:00:00.123Z",
        "2026-11-24T13:00:00+01:00,          2026-11-24T12:00:00Z",
        "2026-11-24T00:30:00.5+23:59,        2026-11-23T00:31:00.500Z",
        "2026-11-24T23:00:00-05:30,          2026-11-25T04:30:00Z",
        "2026-11-24T13:00:00-00:00,          2026-11-24T13:00:00Z",
        "2016-12-31T23:59:60Z,               2017-01-01T00:00:00Z",
        "2024-02-29T00:00:00Z,               2024-02-29T00:00:00Z",
        "2000-02-29T00:00:00Z,               2000-02-29T00:00:00Z",
        "1969-12-31T23:59:59.999Z,           1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z,               0000-01-01T00:00:00Z"
    })
    void shouldReadTheTimeWhenItIsWrittenAsRfc3339(String text, Instant expected) {
        assertThat(parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-24",
                "2026-11-24T13:00:00",
                "2026-11-24 13:00:00Z",
                "2026-11-24T13:00Z",
                "2026-11-24T13:00:00.Z",
                "2026-11-24T13:00:00.1",
                "2026-11-24T13:00:00+01",
                "2026-11-24T13:00:00+0100",
                "2026-11-24T13:00:00+24:00",
                "2026-11-24T13:00:00+01:60",
                "2026-11-24T13:00:00Z ",
                "2026-11-24T13:00:00ZZ",
                "2026-11-24T24:00:00Z",
                "2026-11-24T13:60:00Z",
                "2026-11-24T13:00:61Z",
                "2026-00-24T13:00:00Z",
                "2026-13-24T13:00:00Z",
                "2026-11-00T13:00:00Z",
                "2026-11-31T13:00:00Z",
                "2026-02-29T13:00:00Z",
                "1900-02-29T13:00:00Z",
                "+026-11-24T13:00:00Z",
                "2026-1x-24T13:00:00Z",
                "20261124T130000Z0000",
                "1790000000000000000000"
            })
    void shouldRefuseTheTextWhenItIsNotRfc3339(String text) {
        assertThat(parse(text)).isEqualTo(Rfc3339.INVALID);
    }

    @Test
    void shouldAgreeWithTheStandardLibraryOnRandomTimes() {
        // given
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long from = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long to = Instant.parse("9998-01-01T00:00:00Z").toEpochMilli();
        DateTimeFormatter format = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");
        for (int i = 0; i < 50_000; i++) {
            long millis = random.nextLong(from, to);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));

            // when
            String text = format.format(OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), offset));

            // then
            assertThat(parse(text)).as(text).isEqualTo(millis);
        }
    }
}
