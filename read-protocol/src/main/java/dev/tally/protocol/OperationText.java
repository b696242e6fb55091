package dev.tally.protocol;

import dev.tally.Operation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operations as words of the read protocol: {@code add}, {@code set}, {@code delete}. */
final class OperationText {
    private OperationText() {}

    static String word(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    /** Returns null if the word is not an operation. */
    static @Nullable Operation ofWord(String word) {
        for (Operation operation : Operation.values()) {
            if (operation != Operation.UNKNOWN && word(operation).equals(word)) {
                return operation;
            }
        }
        return null;
    }
}
