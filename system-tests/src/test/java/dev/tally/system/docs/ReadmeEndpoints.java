package dev.tally.system.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations that the table of endpoints in README.md lists, as {@code GET /v1/…}. Its first column contains {@code
 * `METHOD /path`}, {@code `METHOD`} for the path that follows, and {@code `/path`} with the methods of the preceding one.
 */
public final class ReadmeEndpoints {
    private static final Pattern TABLE = Pattern.compile("## Endpoints\\n(.*?)\\n## ", Pattern.DOTALL);
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`.*?) \\|");
    private static final Pattern CODE = Pattern.compile("`(?:([A-Z]+) ?)?(/[^`?]*)?[^`]*`");

    private ReadmeEndpoints() {}

    public static Set<String> operations() {
        Matcher table = TABLE.matcher(Pages.text(Pages.of("README.md")));
        if (!table.find()) {
            throw new AssertionError("README.md has no table of endpoints");
        }
        Set<String> operations = new TreeSet<>();
        Matcher cell = FIRST_CELL.matcher(table.group(1));
        while (cell.find()) {
            read(cell.group(1), operations);
        }
        return operations;
    }

    private static void read(String cell, Set<String> operations) {
        List<String> methods = new ArrayList<>();
        boolean pathSeen = false;
        Matcher code = CODE.matcher(cell);
        while (code.find()) {
            if (code.group(1) != null) {
                if (pathSeen) {
                    methods.clear();
                }
                methods.add(code.group(1));
                pathSeen = false;
            }
            if (code.group(2) != null) {
                pathSeen = true;
                methods.forEach(method -> operations.add(method + " " + code.group(2)));
            }
        }
    }
}
