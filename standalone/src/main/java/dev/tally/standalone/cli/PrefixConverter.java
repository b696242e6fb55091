package dev.tally.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what names begin with, as it is; whether names can is for the service to judge. */
final class PrefixConverter implements ITypeConverter<String> {

    @Override
    public String convert(String argument) {
        if (argument.indexOf(CounterNameConverter.UNREADABLE) >= 0) {
            throw new TypeConversionException(argument + " (expected: UTF-8)");
        }
        return argument;
    }
}
