package dev.tally.schemas.read;

import dev.tally.schemas.name.Placement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receipts that a client sends to read its own writes: at most one for each partition, partitions ascending. The text is
 * that of one {@link Receipt} or of several joined by commas, at most {@value #TEXT_CHARS_MAX} characters. The receipt of a
 * write to every partition fits: {@value #PARTITIONS_MAX} partitions with offsets of 19 digits.
 */
public final class Receipts {
    public static final Receipts NONE = new Receipts(List.of());
    public static final int TEXT_CHARS_MAX = 8 << 10;
    /** Longer text is returned in bodies only, because clients and proxies limit the size of response headers. */
    public static final int HEADER_CHARS_MAX = 1 << 10;
    /** The maximum number of parts. With more, a receipt could exceed {@link #TEXT_CHARS_MAX}. */
    public static final int PARTITIONS_MAX = Placement.PARTITIONS_MAX;

    /** The approximate length of a part. */
    private static final int PART_CHARS = 12;

    private final List<Receipt> parts;

    private Receipts(List<Receipt> parts) {
        this.parts = List.copyOf(parts);
    }

    public static Receipts of(Receipt receipt) {
        return new Receipts(List.of(receipt));
    }

    /** Returns null if the text is not in the format of {@link #text}. */
    public static @Nullable Receipts parse(String text) {
        if (text.isEmpty() || text.length() > TEXT_CHARS_MAX) {
            return null;
        }
        List<Receipt> parts = new ArrayList<>();
        int before = -1;
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            int dash = text.indexOf('-', start);
            if (dash < 0 || dash > end) {
                return null;
            }
            long partition = number(text, start, dash);
            long offset = number(text, dash + 1, end);
            if (partition <= before || partition > Integer.MAX_VALUE || offset < 0) {
                return null;
            }
            before = (int) partition;
            parts.add(new Receipt(before, offset));
            start = end + 1;
        }
        return new Receipts(parts);
    }

    /** Parses a 64-bit whole number without a sign or a leading zero; returns -1 for other text. */
    private static long number(String text, int start, int end) {
        if (start == end || (text.charAt(start) == '0' && end > start + 1)) {
            return -1;
        }
        long number = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The receipt on one partition; null if there is none, so that a read of that partition need not wait. */
    public @Nullable Receipt of(int partition) {
        for (Receipt part : parts) {
            if (part.partition() == partition) {
                return part;
            }
        }
        return null;
    }

    /** The highest partition named, or -1. */
    public int partitionMax() {
        return parts.isEmpty() ? -1 : parts.get(parts.size() - 1).partition();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Receipts receipts && parts.equals(receipts.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return text(parts);
    }

    /** The text to return for the appended events. */
    public static String text(List<Receipt> parts) {
        if (parts.size() == 1) {
            return parts.get(0).toString();
        }
        StringBuilder joined = new StringBuilder(parts.size() * PART_CHARS);
        for (Receipt part : parts) {
            if (!joined.isEmpty()) {
                joined.append(',');
            }
            joined.append(part.partition()).append('-').append(part.offset());
        }
        return joined.toString();
    }
}
