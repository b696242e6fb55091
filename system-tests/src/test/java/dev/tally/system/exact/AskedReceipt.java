package dev.tally.system.exact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Receipts;
import java.util.HashMap;
import java.util.Map;

/** The receipt of an answer, as the offset of each partition. Partitions that are not named are empty. */
final class AskedReceipt {
    private AskedReceipt() {}

    static Map<Integer, Long> offsets(Answer answer) {
        JsonNode receipt = answer.json().path("asOf").path("receipt");
        Map<Integer, Long> offsets = new HashMap<>();
        if (receipt.isTextual()) {
            for (Receipt part : Receipts.parse(receipt.asText())) {
                offsets.put(part.partition(), part.offset());
            }
        } else if (!receipt.isNull()) {
            throw new AssertionError("an answer without its receipt: " + answer);
        }
        return offsets;
    }

    /**
     * Whether the answer reflects every part of a receipt, or a later event of the same partition. Always true for an
     * empty receipt.
     */
    static boolean reflects(String after, Answer answer, Iterable<Integer> partitions) {
        Map<Integer, Long> offsets = offsets(answer);
        if (after.isEmpty()) {
            return true;
        }
        for (Receipt part : Receipts.parse(after)) {
            for (int partition : partitions) {
                if (part.partition() == partition && offsets.getOrDefault(partition, -1L) < part.offset()) {
                    return false;
                }
            }
        }
        return true;
    }
}
