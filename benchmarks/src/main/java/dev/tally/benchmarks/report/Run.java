package dev.tally.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of one run of one side, in the order in which they were added. */
public final class Run {
    private final Map<Measure, Double> figures = new LinkedHashMap<>();

    public Run put(Measure measure, double value) {
        figures.put(measure, value);
        return this;
    }

    @Nullable
    Double get(Measure measure) {
        return figures.get(measure);
    }

    Iterable<Measure> measures() {
        return figures.keySet();
    }

    @Override
    public String toString() {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey().name() + " " + figure.getKey().show(figure.getValue()))
                .collect(Collectors.joining(" · "));
    }
}
