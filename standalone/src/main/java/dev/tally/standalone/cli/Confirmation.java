package dev.tally.standalone.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A question before a command changes something. It is asked on a terminal only: a script gives no answer. */
final class Confirmation {
    private final Console console;

    private Confirmation(Console console) {
        this.console = console;
    }

    /** Returns null if standard input or output is not a terminal. */
    @SuppressWarnings("SystemConsoleNull") // true before Java 22 only; isTerminal sees to the later ones
    static @Nullable Confirmation onTerminal() {
        Console console = System.console();
        return console == null || !isTerminal(console) ? null : new Confirmation(console);
    }

    /** Whether the answer is yes. */
    boolean isGiven(String question) {
        String answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** From Java 22 there is a console without a terminal too. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException beforeJava22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
