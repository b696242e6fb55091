package dev.tally.schemas.read;

import dev.tally.Operation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The operations that an event can be applied with as the read protocol writes them: {@code add}, {@code set}, {@code delete}. */
final class OperationText {
    private OperationText() {}

    static String word(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    /** Null if the word is none of theirs. */
    static @Nullable Operation ofWord(String word) {
        for (Operation operation : Operation.values()) {
            if (operation != Operation.UNKNOWN && word(operation).equals(word)) {
                return operation;
            }
        }
        return null;
    }
}
