package dev.tally.standalone.rejected;

import dev.tally.schemas.read.Receipt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses {@code partition-offset}, as the headers of Kafka records have it. */
final class ReceiptText {
    /** At most as many digits as fit into an int and a long. */
    private static final Pattern RECEIPT = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

    private ReceiptText() {}

    /** Returns null if the text is not a receipt. */
    static @Nullable Receipt parse(String text) {
        Matcher receipt = RECEIPT.matcher(text);
        return receipt.matches()
                ? new Receipt(Integer.parseInt(receipt.group(1)), Long.parseLong(receipt.group(2)))
                : null;
    }
}
