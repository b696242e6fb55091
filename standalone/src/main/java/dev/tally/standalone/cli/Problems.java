package dev.tally.standalone.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All problems of a command's arguments. A rejected argument is not also reported as missing or as superfluous. */
final class Problems {

    private Problems() {}

    /** One sentence per problem; empty if there is none. */
    static List<String> of(ParseResult parsed) {
        List<Exception> errors = new ArrayList<>();
        for (ParseResult level = parsed; level != null; level = level.subcommand()) {
            errors.addAll(level.errors());
        }
        List<String> refused = refusedValues(errors);
        Set<String> sentences = new LinkedHashSet<>();
        for (Exception error : errors) {
            if (error instanceof UnmatchedArgumentException unmatched) {
                sentences.addAll(sentences(unmatched, refused));
            } else if (!(error instanceof MissingParameterException) || refused.isEmpty()) {
                sentences.add(String.valueOf(error.getMessage()));
            }
        }
        return List.copyOf(sentences);
    }

    private static List<String> refusedValues(List<Exception> errors) {
        return errors.stream()
                .filter(error -> error instanceof ParameterException refused && refused.getValue() != null)
                .map(error -> ((ParameterException) error).getValue())
                .toList();
    }

    private static List<String> sentences(UnmatchedArgumentException unmatched, List<String> refused) {
        CommandSpec command = unmatched.getCommandLine().getCommandSpec();
        return unmatched.getUnmatched().stream()
                .filter(argument -> !refused.contains(argument))
                .map(argument -> sentence(argument, command))
                .toList();
    }

    private static String sentence(String argument, CommandSpec command) {
        if (argument.startsWith("-")) {
            String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            return "unknown option: " + argument
                    + Nearest.hint(name, command.optionsMap().keySet());
        }
        return command.subcommands().isEmpty()
                ? "unexpected argument: " + argument
                : "unknown command: " + argument
                        + Nearest.hint(argument, command.subcommands().keySet());
    }
}
