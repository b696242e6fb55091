package dev.tally.benchmarks.part;

/** One part of the benchmark. */
interface Part {
    /** Measures, reports, and ends what it started. */
    void run(Workbench bench);
}
