package dev.tally.benchmarks.part;

import java.util.Locale;

/** The parts of the benchmark, in the order in which they run. */
public enum PartName {
    WHOLE,
    POST,
    GET,
    VISIBLE,
    MANY,
    BATCH,
    COUNT,
    IDS,
    STATE;

    /** Runs the part: measures, reports, and ends what it started. */
    public void run(Workbench bench) {
        part().run(bench);
    }

    private Part part() {
        return switch (this) {
            case WHOLE -> new WholePart();
            case POST -> new PostPart();
            case GET -> new GetPart();
            case VISIBLE -> new VisiblePart();
            case MANY -> new ManyPart();
            case BATCH -> new BatchPart();
            case COUNT -> new CountPart();
            case IDS -> new IdsPart();
            case STATE -> new StatePart();
        };
    }

    /** As the command line spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
