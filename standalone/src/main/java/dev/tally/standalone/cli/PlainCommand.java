package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * {@code hit NS/COUNTER} and {@code get NS/COUNTER}, the forms that scripts call most. They have nothing to parse, so they do
 * without picocli, whose classes cannot be archived: they take half the time of a short command. See {@code
 * docs/decisions/0028-class-archive.md}. Everything else is picocli's: options, help, and all that is wrong.
 */
final class PlainCommand {

    private PlainCommand() {}

    /** The command; null if picocli has to read the arguments. */
    static @Nullable Callable<Integer> of(PrintWriter out, String... arguments) {
        CounterName counter = arguments.length == 2 ? counter(arguments[1]) : null;
        if (counter == null) {
            return null;
        }
        return switch (arguments[0]) {
            case "hit" -> () -> new HitCommand(counter).hit(out);
            case "get" -> () -> new GetCommand(counter).get(out);
            default -> null;
        };
    }

    private static @Nullable CounterName counter(String argument) {
        int slash = argument.indexOf('/');
        if (slash < 0 || argument.indexOf(CounterNameConverter.UNREADABLE) >= 0) {
            return null;
        }
        String namespace = argument.substring(0, slash);
        String counter = argument.substring(slash + 1);
        return CounterName.isNamespace(namespace) && CounterName.isCounter(counter)
                ? CounterName.of(namespace, counter)
                : null;
    }
}
