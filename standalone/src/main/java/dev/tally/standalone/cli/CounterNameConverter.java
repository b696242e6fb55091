package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code NS/COUNTER}: the first slash ends the namespace, the rest is the counter as it is, not percent-encoded. */
final class CounterNameConverter implements ITypeConverter<CounterName> {

    /** What the JVM puts where an argument's bytes are no text in its locale: another counter than the one meant. */
    static final char UNREADABLE = '\uFFFD';

    @Override
    public CounterName convert(String argument) {
        int slash = argument.indexOf('/');
        if (slash < 0) {
            throw new TypeConversionException(argument + " (expected: NAMESPACE/COUNTER)");
        }
        if (argument.indexOf(UNREADABLE) >= 0) {
            throw new TypeConversionException(argument + " (expected: UTF-8)");
        }
        try {
            return CounterName.of(argument.substring(0, slash), argument.substring(slash + 1));
        } catch (InvalidNameException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
