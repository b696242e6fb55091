package dev.tally.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all micro benchmarks: nanoseconds and bytes of garbage for each step. */
public final class MicroBenchmarks {
    private MicroBenchmarks() {}

    /** Runs the benchmarks in JVMs of their own and prints the output of JMH. Takes two minutes. */
    public static void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(MicroBenchmarks.class.getPackageName())
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }
}
