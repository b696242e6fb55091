package dev.tally.system.client;

import dev.tally.schemas.read.Receipt;
import java.util.Arrays;
import java.util.List;

/** Parses receipts in their text form: {@code 0-12,3-55}. */
public final class Receipts {
    private Receipts() {}

    public static List<Receipt> parse(String receipts) {
        return Arrays.stream(receipts.split(",", -1)).map(Receipts::parseOne).toList();
    }

    private static Receipt parseOne(String receipt) {
        int dash = receipt.indexOf('-');
        if (dash < 1) {
            throw new AssertionError("not a receipt: " + receipt);
        }
        return new Receipt(Integer.parseInt(receipt.substring(0, dash)), Long.parseLong(receipt.substring(dash + 1)));
    }
}
