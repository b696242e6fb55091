package dev.tally.service.http.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Formats times for JSON: UTC, milliseconds, {@code Z}. */
public final class UtcTime {
    /** The longest text, of a year beyond 9999. */
    static final int CHARS_MAX = 32;

    private static final long DAY_MILLIS = 86_400_000L;
    private static final long YEAR_0_MILLIS = -62_167_219_200_000L;
    private static final long YEAR_10000_MILLIS = 253_402_300_800_000L;
    private static final DateTimeFormatter ANY_YEAR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private UtcTime() {}

    /** {@code 2026-11-24T12:00:00.000Z}. */
    public static String format(long epochMillis) {
        byte[] bytes = new byte[CHARS_MAX];
        return new String(bytes, 0, write(epochMillis, bytes, 0), StandardCharsets.ISO_8859_1);
    }

    /** Writes the text at {@code at}, at most {@value #CHARS_MAX} bytes, and returns the index after it. */
    static int write(long epochMillis, byte[] bytes, int at) {
        if (epochMillis < YEAR_0_MILLIS || epochMillis >= YEAR_10000_MILLIS) {
            byte[] text = ANY_YEAR.format(Instant.ofEpochMilli(epochMillis)).getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, bytes, at, text.length);
            return at + text.length;
        }
        int end = date(Math.floorDiv(epochMillis, DAY_MILLIS), bytes, at);
        int millis = (int) Math.floorMod(epochMillis, DAY_MILLIS);
        bytes[end] = 'T';
        two(millis / 3_600_000, bytes, end + 1);
        bytes[end + 3] = ':';
        two(millis / 60_000 % 60, bytes, end + 4);
        bytes[end + 6] = ':';
        two(millis / 1_000 % 60, bytes, end + 7);
        bytes[end + 9] = '.';
        bytes[end + 10] = (byte) ('0' + millis / 100 % 10);
        two(millis % 100, bytes, end + 11);
        bytes[end + 13] = 'Z';
        return end + 14;
    }

    /**
     * Computes the civil date of a day since 1970. It counts in years that begin on 1 March, so that the leap day is the last
     * day of a year, and in eras of 400 such years, which all have the same number of days.
     */
    private static int date(long epochDay, byte[] bytes, int at) {
        long day = epochDay + 719_468; // since the 1st of March of the year 0
        long era = Math.floorDiv(day, 146_097L);
        int dayOfEra = (int) (day - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        two(year / 100, bytes, at);
        two(year % 100, bytes, at + 2);
        bytes[at + 4] = '-';
        two(month, bytes, at + 5);
        bytes[at + 7] = '-';
        two(dayOfMonth, bytes, at + 8);
        return at + 10;
    }

    private static void two(int value, byte[] bytes, int at) {
        bytes[at] = (byte) ('0' + value / 10);
        bytes[at + 1] = (byte) ('0' + value % 10);
    }
}
