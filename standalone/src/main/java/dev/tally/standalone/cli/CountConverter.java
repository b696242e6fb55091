package dev.tally.standalone.cli;

import dev.tally.schemas.read.PageQuery;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the number of counters that are asked for. */
final class CountConverter implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String argument) {
        if (argument.matches("[0-9]{1,9}")) {
            int count = Integer.parseInt(argument);
            if (count >= 1 && count <= PageQuery.LIMIT_MAX) {
                return count;
            }
        }
        throw new TypeConversionException(
                argument + " (expected: a whole number from 1 to " + PageQuery.LIMIT_MAX + ")");
    }
}
