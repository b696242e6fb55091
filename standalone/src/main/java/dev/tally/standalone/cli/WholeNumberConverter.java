package dev.tally.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a 64-bit whole number as the HTTP API does: decimal digits, optionally after a minus sign. */
final class WholeNumberConverter implements ITypeConverter<Long> {

    @Override
    public Long convert(String argument) {
        try {
            if (!argument.startsWith("+")) {
                return Long.valueOf(argument);
            }
        } catch (NumberFormatException e) {
            // The sentence below states the problem.
        }
        throw new TypeConversionException(
                argument + " (expected: a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE + ")");
    }
}
