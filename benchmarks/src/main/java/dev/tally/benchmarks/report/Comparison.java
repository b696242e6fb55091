package dev.tally.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The runs of Tally and of the systems it is compared with under one heading, in alternation. Ratios are computed by
 * pairs: the first side's n-th run over another side's n-th run, so that gradual changes of the machine cancel out.
 */
public final class Comparison {
    private static final Measure RATIO = new Measure("ratio", 2);

    private final String heading;
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();
    private final List<Pair> pairs = new ArrayList<>();

    /** @param sides the sides that are compared; the first one is the numerator of the ratios */
    public Comparison(String heading, String... sides) {
        this.heading = heading;
        for (String side : sides) {
            runs.put(side, new ArrayList<>());
            if (!side.equals(sides[0])) {
                pairs.add(new Pair(sides[0], side));
            }
        }
    }

    /** Adds a ratio of two other sides, besides the ratios of the first side to all others. */
    public void alsoOver(String upper, String lower) {
        pairs.add(new Pair(upper, lower));
    }

    /** Stores a run, and prints it at once as one line. */
    public void add(String side, Run run, PrintStream out) {
        List<Run> ofSide = runsOf(side);
        ofSide.add(run);
        out.println("  " + heading + ", run " + ofSide.size() + ", " + side + ": " + run);
    }

    /** One side's figure over all its runs; empty if not every run has it. */
    public Optional<Series> series(String side, Measure measure) {
        List<Run> ofSide = runsOf(side);
        double[] values = new double[ofSide.size()];
        for (int i = 0; i < values.length; i++) {
            Double value = ofSide.get(i).get(measure);
            if (value == null) {
                return Optional.empty();
            }
            values[i] = value;
        }
        return values.length == 0 ? Optional.empty() : Optional.of(new Series(values));
    }

    /**
     * The first side's figure over another side's, by pairs; empty if a run of either side lacks it or the other side's
     * is zero.
     */
    public Optional<Series> ratio(String over, Measure measure) {
        return ratio(new Pair(runs.keySet().iterator().next(), over), measure);
    }

    private Optional<Series> ratio(Pair pair, Measure measure) {
        boolean isDivisible =
                series(pair.lower(), measure).filter(values -> values.min() > 0).isPresent();
        if (series(pair.upper(), measure).isEmpty() || !isDivisible) {
            return Optional.empty();
        }
        List<Run> upper = runsOf(pair.upper());
        List<Run> lower = runsOf(pair.lower());
        double[] ratios = new double[Math.min(upper.size(), lower.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Objects.requireNonNull(upper.get(i).get(measure))
                    / Objects.requireNonNull(lower.get(i).get(measure));
        }
        return Optional.of(new Series(ratios));
    }

    /** Prints one line per measure: each side's median with minimum and maximum, then the ratios in the same form. */
    public void print(PrintStream out) {
        List<String> sides = List.copyOf(runs.keySet());
        List<String> header = new ArrayList<>(List.of(heading));
        header.addAll(sides);
        pairs.forEach(pair -> header.add(pair.upper() + " / " + pair.lower()));
        Table table = new Table(header);
        for (Measure measure : measures()) {
            List<String> row = new ArrayList<>(List.of(measure.name()));
            sides.forEach(side -> row.add(
                    series(side, measure).map(values -> values.show(measure)).orElse("")));
            pairs.forEach(pair -> row.add(
                    ratio(pair, measure).map(ratios -> ratios.show(RATIO)).orElse("")));
            table.row(row);
        }
        table.print(out);
    }

    private Set<Measure> measures() {
        Set<Measure> measures = new LinkedHashSet<>();
        runs.values().forEach(ofSide -> ofSide.forEach(run -> run.measures().forEach(measures::add)));
        return measures;
    }

    private List<Run> runsOf(String side) {
        return Objects.requireNonNull(runs.get(side), side);
    }

    private record Pair(String upper, String lower) {}
}
