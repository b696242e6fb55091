package dev.tally.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * The result of one GET of a counter.
 *
 * @param status 200, 404 or 503
 * @param code the problem's code, empty at 200
 * @param total null unless 200
 * @param receipt the receipt up to which the answering store had applied the counter's partition; null if it had applied
 *     nothing, or at 503
 */
public record CounterRead(
        CounterName counter,
        int status,
        String code,
        @Nullable Long total,
        @Nullable Receipt receipt) {

    public static CounterRead of(CounterName counter, Answer answer) {
        if (answer.status() == 200) {
            JsonNode total = answer.json().path("total");
            if (!total.isIntegralNumber() || !total.canConvertToLong()) {
                throw new AssertionError("a total that is no whole number: " + answer);
            }
            return new CounterRead(counter, 200, "", total.longValue(), asOf(answer));
        }
        return new CounterRead(
                counter, answer.status(), answer.code(), null, answer.status() == 404 ? asOf(answer) : null);
    }

    public boolean isFound() {
        return status == 200;
    }

    /** Whether the answer states that the counter does not exist. */
    public boolean isUnknown() {
        return status == 404 && code.equals("unknown_counter");
    }

    private static @Nullable Receipt asOf(Answer answer) {
        JsonNode asOf = answer.json().path("asOf");
        if (!asOf.has("receipt") || !asOf.has("time") || !asOf.has("lag") || !asOf.has("role")) {
            throw new AssertionError("an answer without its asOf: " + answer);
        }
        return asOf.path("receipt").isNull()
                ? null
                : Receipts.parse(asOf.path("receipt").asText()).get(0);
    }
}
