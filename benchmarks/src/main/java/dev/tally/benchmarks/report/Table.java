package dev.tally.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A Markdown table whose columns are padded so that it is readable as plain text too. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> header) {
        rows.add(List.copyOf(header));
    }

    void row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "a row of " + cells.size() + " cells under " + rows.get(0).size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    void print(PrintStream out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(rows.get(i), widths, " "));
            if (i == 0) {
                out.println(line(rows.get(0).stream().map(cell -> "").toList(), widths, "-"));
            }
        }
    }

    private static String line(List<String> cells, int[] widths, String fill) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(fill)
                    .append(cell)
                    .append(fill.repeat(widths[column] - cell.length()))
                    .append(fill)
                    .append('|');
        }
        return line.toString();
    }
}
