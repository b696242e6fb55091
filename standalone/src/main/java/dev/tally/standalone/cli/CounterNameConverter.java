package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code NS/COUNTER}: the first slash ends the namespace. The rest is the counter name, not percent-encoded. */
final class CounterNameConverter implements ITypeConverter<CounterName> {

    /**
     * The character with which the JVM replaces bytes of an argument that are not text in its locale. With it, the name
     * would be another counter than the intended one.
     */
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
