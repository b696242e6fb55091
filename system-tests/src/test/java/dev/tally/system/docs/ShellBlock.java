package dev.tally.system.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Commands that a page shows between {@code ```sh} and {@code ```}.
 *
 * @param place page and line
 */
public record ShellBlock(String place, String commands) {
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String NOT_RUN = "# not run by the tests: ";
    private static final String STOPPED = "# while counter-streams is stopped";
    private static final Pattern KCAT = Pattern.compile("(?m)(^|[|(]\\s*)kcat\\b");

    /** The blocks of all pages, in page order. */
    public static List<ShellBlock> all() {
        List<ShellBlock> blocks = new ArrayList<>();
        for (Path page : Pages.all()) {
            String text = Pages.text(page);
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                long line = text.substring(0, block.start()).lines().count() + 1;
                blocks.add(new ShellBlock(Pages.name(page) + ":" + line, block.group(1)));
            }
        }
        return blocks;
    }

    /**
     * The reason that the block gives for not being run by the tests, from the comment in its first line; null if it is
     * run.
     */
    public @Nullable String notRunBecause() {
        return commands.startsWith(NOT_RUN)
                ? commands.lines().findFirst().orElseThrow().substring(NOT_RUN.length())
                : null;
    }

    /** Whether the commands are for a Tally whose counter-streams is stopped, as the comment in the first line says. */
    public boolean isWithoutCounting() {
        return commands.startsWith(STOPPED);
    }

    public boolean needsKcat() {
        return KCAT.matcher(commands).find();
    }
}
