package dev.tally.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Everything that was measured, printed when all parts are through. */
public final class Report {
    private final PrintStream out;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Floor> floors = new ArrayList<>();

    public Report(PrintStream out) {
        this.out = out;
    }

    /** One sentence about what is going on. */
    public void say(String sentence) {
        out.println(sentence);
    }

    /** Opens a comparison, to be printed with the others. */
    public Comparison compare(String heading, String... sides) {
        Comparison comparison = new Comparison(heading, sides);
        comparisons.add(comparison);
        return comparison;
    }

    /** Keeps a run of a comparison, and prints it at once. */
    public void add(Comparison comparison, String side, Run run) {
        comparison.add(side, run, out);
    }

    public void floor(Floor floor) {
        floors.add(floor);
    }

    /**
     * Prints the comparisons and the floors, in Markdown: medians, with the least and the greatest in brackets.
     *
     * @param measuredOn what was run, when and on what machine: a sentence
     */
    public void print(String measuredOn) {
        out.println();
        out.println(measuredOn);
        out.println("Medians, in brackets the least and the greatest; ratios are of neighbouring runs.");
        for (Comparison comparison : comparisons) {
            out.println();
            comparison.print(out);
        }
        out.println();
        Table table = new Table(List.of("floor", "wanted", "measured", "", "what it means"));
        for (Floor floor : floors) {
            table.row(
                    List.of(floor.what(), floor.limitShown(), floor.measuredShown(), floor.verdict(), floor.meaning()));
        }
        table.print(out);
    }
}
