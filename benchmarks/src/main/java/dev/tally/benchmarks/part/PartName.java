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
    STATE,
    REBUILD;

    /** Runs the part: measures, reports, and ends the processes that it started. */
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
            case REBUILD -> new RebuildPart();
        };
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
