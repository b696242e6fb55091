package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.ProcessCpu;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Measures how long after its answer a write can be read: single hits at a fixed rate on skewed counters, and readers
 * that wait for the writes. Everything runs on the calling thread.
 *
 * @param writesPerSecond the rate of single hits
 * @param readers the number of readers, each with its own connection
 */
public record VisibleLoad(int port, int counters, int writesPerSecond, int readers, long seed) {
    /** Reads wait for at most 30 s. A read without an answer after this time will not get one. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(35);
    /**
     * The interval between two bursts, so that each burst finds the server under the load of the single writes only.
     */
    private static final Duration BURST_EVERY = Duration.ofMillis(500);

    /** Each write is read as soon as it is answered. The readers take turns. */
    public VisibleResult readEachWrite(Duration window) {
        return readEachWrite(window, 0, List.of());
    }

    /**
     * The same until a condition is true, which is checked often.
     *
     * @param window the maximum duration
     */
    public VisibleResult readEachWriteUntil(BooleanSupplier over, Duration window) {
        return readEachWrite(window, over, 0, List.of());
    }

    /**
     * The same, while other connections read other targets continuously, each of them in turn.
     *
     * @param others the number of other connections
     */
    public VisibleResult readEachWrite(Duration window, int others, List<String> targets) {
        return readEachWrite(window, () -> false, others, targets);
    }

    private VisibleResult readEachWrite(Duration window, BooleanSupplier over, int others, List<String> targets) {
        try (Wire wire = new Wire(port)) {
            EndlessReads beside = new EndlessReads(wire, others, targets);
            Readers reading = new Readers(wire, readers);
            OpenLoop writing = writing(
                    wire,
                    window,
                    (number, counter, receipt, nanos) ->
                            reading.read((int) (number % readers), Targets.after(counter, receipt), nanos));
            return run(wire, writing, reading, beside, window, over, () -> {}, reading::isAllAnswered);
        }
    }

    /** All readers read each batch at once, repeatedly, while the single hits continue without being read. */
    public VisibleResult readAllAtOnce(Duration window) {
        try (Wire wire = new Wire(port)) {
            Readers reading = new Readers(wire, readers);
            Bursts bursts = new Bursts(wire, reading);
            OpenLoop writing = writing(wire, window, (number, counter, receipt, nanos) -> {});
            EndlessReads none = new EndlessReads(wire, 0, List.of());
            return run(wire, writing, reading, none, window, () -> false, bursts::goOn, bursts::isAllAnswered);
        }
    }

    private OpenLoop writing(Wire wire, Duration window, OpenLoop.Written written) {
        return new OpenLoop(wire, new SkewedCounters(counters, seed), writesPerSecond, window, written);
    }

    private static VisibleResult run(
            Wire wire,
            OpenLoop writing,
            Readers reading,
            EndlessReads beside,
            Duration window,
            BooleanSupplier over,
            Runnable burst,
            BooleanSupplier isRead) {
        Duration cpuBefore = ProcessCpu.of(ProcessHandle.current().pid());
        long began = System.nanoTime();
        long end = began + window.toNanos();
        long nextBurst = began;
        writing.begin(began);
        beside.begin();
        for (long now = began;
                now - end < 0 || !writing.isAllAnswered() || !isRead.getAsBoolean() || !beside.isAllAnswered();
                now = System.nanoTime()) {
            if (now - end < 0 && over.getAsBoolean()) {
                end = now;
                writing.end();
            }
            writing.sendDue(now);
            if (now - nextBurst >= 0 && now - end < 0) {
                nextBurst = now + BURST_EVERY.toNanos();
                burst.run();
            }
            if (now - end >= 0) {
                beside.end();
            }
            if (now - end > ANSWERED_WITHIN.toNanos()) {
                throw new BenchException(reading.times().count() + " of " + reading.asked()
                        + " reads were answered within " + ANSWERED_WITHIN.toSeconds() + " s of the last write");
            }
            wire.serve(1);
        }
        return new VisibleResult(
                reading.times(),
                reading.sentAfter(),
                reading.asked(),
                writing.answeredPerSecond(),
                writing.late(),
                beside.answered(),
                ProcessCpu.of(ProcessHandle.current().pid()).minus(cpuBefore),
                (System.nanoTime() - began) / 1e9);
    }
}
