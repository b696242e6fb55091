package dev.tally.service.http.json;

/** Parses RFC 3339 times with any offset. */
public final class Rfc3339 {
    /** Returned for a text that is not an RFC 3339 time. */
    public static final long NONE = Long.MIN_VALUE;

    /** The accepted format, for messages. */
    public static final String EXPECTED = "an RFC 3339 time such as 2026-11-24T12:00:00.000Z";

    private static final int CHARS_MAX = 64;
    private static final int CHARS_TO_SECOND = 19;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final long SECOND_MILLIS = 1_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int DAY_MINUTES = 1_440;

    private Rfc3339() {}

    /** Milliseconds since 1970, finer digits cut off, or {@link #NONE}. A leap second is the last millisecond before it. */
    public static long parse(String text) {
        int length = text.length();
        if (length <= CHARS_TO_SECOND || length > CHARS_MAX || !hasSeparators(text)) {
            return NONE;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean date = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
        boolean time = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
        if (!date || !time) {
            return NONE;
        }
        int end = CHARS_TO_SECOND;
        int millis = 0;
        if (text.charAt(end) == '.') {
            int start = end + 1;
            end = digitsEnd(text, start);
            if (end == start) {
                return NONE;
            }
            millis = millis(text, start, end);
        }
        int offset = offsetMinutes(text, end);
        if (offset == Integer.MIN_VALUE) {
            return NONE;
        }
        long minutes = epochDay(year, month, day) * DAY_MINUTES + hour * 60L + minute - offset;
        if (second == 60) {
            boolean lastOfDay = Math.floorMod(minutes, DAY_MINUTES) == DAY_MINUTES - 1;
            return lastOfDay ? (minutes + 1) * MINUTE_MILLIS - 1 : NONE;
        }
        return minutes * MINUTE_MILLIS + second * SECOND_MILLIS + millis;
    }

    private static boolean hasSeparators(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) == 'T' || text.charAt(10) == 't')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** The offset from UTC of {@code Z}, {@code +02:00} or {@code -05:30}; {@code Integer.MIN_VALUE} for other text. */
    private static int offsetMinutes(String text, int start) {
        int length = text.length() - start;
        char sign = length > 0 ? text.charAt(start) : ' ';
        if (length == 1 && (sign == 'Z' || sign == 'z')) {
            return 0;
        }
        if (length != 6 || (sign != '+' && sign != '-') || text.charAt(start + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, start + 1, start + 3);
        int minutes = number(text, start + 4, start + 6);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        return sign == '+' ? hours * 60 + minutes : -(hours * 60 + minutes);
    }

    /** A number of exactly these digits, or -1. */
    private static int number(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int millis(String text, int start, int end) {
        int millis = 0;
        for (int i = 0; i < 3; i++) {
            millis = millis * 10 + (start + i < end ? text.charAt(start + i) - '0' : 0);
        }
        return millis;
    }

    private static int daysIn(int year, int month) {
        return month == 2 && isLeap(year) ? 29 : DAYS[month - 1];
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static long epochDay(int year, int month, int day) {
        int before = year - 1; // for the year 0 the quotients below round towards minus infinity
        long leapDays = (long) Math.floorDiv(before, 4) - Math.floorDiv(before, 100) + Math.floorDiv(before, 400);
        int dayOfYear = DAYS_BEFORE[month - 1] + day + (month > 2 && isLeap(year) ? 1 : 0);
        return before * 365L + leapDays + dayOfYear - 719_163; // the 1st of January of 1970 is day 719163 of the year 1
    }
}
