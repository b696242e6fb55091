package dev.tally.benchmarks.part;

/** One part of the benchmark. */
interface Part {
    /** Measures, reports, and ends the processes that it started. */
    void run(Workbench bench);
}
