package dev.tally.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number of 64 bits as the HTTP API does: decimal digits, perhaps after a minus. */
final class WholeNumberConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String argument) {
        try {
            if (!argument.startsWith("+")) {
                return Long.valueOf(argument);
            }
        } catch (NumberFormatException e) {
            // The sentence below says what is wrong with it.
        }
        throw new TypeConversionException(
                argument + " (expected: a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ")");
    }
}
