package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code NS}. */
final class NamespaceConverter implements ITypeConverter<String> {

    @Override
    public String convert(String argument) {
        try {
            return CounterName.of(argument, "any").namespace();
        } catch (InvalidNameException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
