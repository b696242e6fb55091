package dev.tally.ingest.event;

/** Times as RFC 3339 writes them: {@code 2026-11-24T13:00:00.123+01:00}, with any offset, or {@code Z}. */
final class Rfc3339 {
    /** No time at all: it is not within the years that can be written. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int SHORTEST = "2026-11-24T13:00:00Z".length();
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Rfc3339() {}

    /**
     * Milliseconds since 1970, UTC, or {@link #INVALID}. Digits after the milliseconds are dropped; a leap second is the
     * second after it.
     */
    static long parse(char[] text, int from, int length) {
        if (length < SHORTEST
                || text[from + 4] != '-'
                || text[from + 7] != '-'
                || (text[from + 10] | 0x20) != 't'
                || text[from + 13] != ':'
                || text[from + 16] != ':') {
            return INVALID;
        }
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        boolean valid = year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOf(month, year)
                && isTime(hour, minute)
                && second >= 0
                && second <= 60;
        if (!valid) {
            return INVALID;
        }
        long millis = ((epochDay(year, month, day) * 24 + hour) * 60 + minute) * 60_000L + second * 1_000L;
        return withFractionAndOffset(millis, text, from + 19, from + length);
    }

    private static long withFractionAndOffset(long seconds, char[] text, int from, int end) {
        long millis = seconds;
        int at = from;
        if (text[at] == '.') {
            int unit = 100;
            int first = ++at;
            while (at < end && isDigit(text[at])) {
                millis += (long) (text[at++] - '0') * unit;
                unit /= 10;
            }
            if (at == first || at == end) {
                return INVALID;
            }
        }
        char sign = text[at];
        if ((sign | 0x20) == 'z') {
            return at + 1 == end ? millis : INVALID;
        }
        if ((sign != '+' && sign != '-') || at + 6 != end || text[at + 3] != ':') {
            return INVALID;
        }
        int hours = number(text, at + 1, 2);
        int minutes = number(text, at + 4, 2);
        if (!isTime(hours, minutes)) {
            return INVALID;
        }
        long offset = (hours * 60 + minutes) * 60_000L;
        return sign == '+' ? millis - offset : millis + offset;
    }

    private static boolean isTime(int hour, int minute) {
        return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
    }

    /** The number that so many digits write, or -1 if one of them is none. */
    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            if (!isDigit(text[i])) {
                return -1;
            }
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int daysOf(int month, int year) {
        return month == 2 && isLeap(year) ? 29 : DAYS[month - 1];
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days since 1970-01-01, counted in years that begin on the 1st of March, so that a leap day is the last of its year. */
    private static long epochDay(int year, int month, int day) {
        int marchYear = month > 2 ? year : year - 1;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        int leapDays = Math.floorDiv(marchYear, 4) - Math.floorDiv(marchYear, 100) + Math.floorDiv(marchYear, 400);
        return marchYear * 365L + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1 - 719_468;
    }
}
