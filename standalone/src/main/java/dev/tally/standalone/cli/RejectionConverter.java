package dev.tally.standalone.cli;

import dev.tally.streams.topology.Rejection;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the reason of a rejected event, as in its header {@code tally.reason}. */
final class RejectionConverter implements ITypeConverter<Rejection> {

    @Override
    public Rejection convert(String argument) {
        return Arrays.stream(Rejection.values())
                .filter(rejection -> rejection.reason().equals(argument))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(argument + " (expected: " + reasons() + ")"));
    }

    private static String reasons() {
        return Arrays.stream(Rejection.values()).map(Rejection::reason).collect(Collectors.joining(", "));
    }
}
