package dev.tally.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** All measurements, printed when all parts have ended. */
public final class Report {
    private final PrintStream out;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Floor> floors = new ArrayList<>();

    public Report(PrintStream out) {
        this.out = out;
    }

    /** Prints one sentence about the progress. */
    public void say(String sentence) {
        out.println(sentence);
    }

    /** Creates a comparison, which is printed with the others. */
    public Comparison compare(String heading, String... sides) {
        Comparison comparison = new Comparison(heading, sides);
        comparisons.add(comparison);
        return comparison;
    }

    /** Stores a run of a comparison, and prints it at once. */
    public void add(Comparison comparison, String side, Run run) {
        comparison.add(side, run, out);
    }

    public void floor(Floor floor) {
        floors.add(floor);
    }

    /**
     * Prints the comparisons and the floors in Markdown: medians, with minimum and maximum in parentheses.
     *
     * @param measuredOn what was run, when and on which machine: a sentence
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
