package dev.tally.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a prefix of names, unchanged. The service validates it. */
final class PrefixConverter implements ITypeConverter<String> {

    @Override
    public String convert(String argument) {
        if (argument.indexOf(CounterNameConverter.UNREADABLE) >= 0) {
            throw new TypeConversionException(argument + " (expected: UTF-8)");
        }
        return argument;
    }
}
