package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Child;
import dev.tally.benchmarks.process.ProcessCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own producer benchmark, {@code kafka-producer-perf-test}, unmodified, with acks=all and one bootstrap server.
 * Its first records are the warm-up and count in no figure.
 *
 * <p>The rate is computed from the lines that the tool prints while it runs, of records acknowledged in its steady
 * state, and not from its last line. The clock of the last line begins when the last record of the warm-up is sent,
 * while a whole buffer of records is still to be acknowledged: hundreds of thousands of records as short as Tally's.
 */
final class ProducerPerf {
    private static final int WARM_UP_RECORDS = 2_000_000;
    private static final int REPORT_EVERY_MILLIS = 200;
    private static final Duration THROUGH_WITHIN = Duration.ofMinutes(3);
    private static final String STEADY = "In steady state.";
    private static final Pattern LINE = Pattern.compile("(\\d+) records sent, ([0-9.]+) records/sec .*max latency\\.");

    private final Workbench bench;
    private final Broker broker;
    private final String topic;
    private final int recordBytes;

    /** @param recordBytes the length of every value; records have no key */
    ProducerPerf(Workbench bench, Broker broker, String topic, int recordBytes) {
        this.bench = bench;
        this.broker = broker;
        this.topic = topic;
        this.recordBytes = recordBytes;
    }

    record Result(double perSecond, double producerCpuMicros, double brokerCpuMicros) {}

    Result run(long records) {
        Duration endedBefore = ProcessCpu.ofEndedChildren();
        Child perf = bench.children().startReading("producer-perf-test", Map.of(), command(records), THROUGH_WITHIN);
        Progress progress = new Progress(perf);
        try (BufferedReader output = perf.output()) {
            output.lines().forEach(progress::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Duration brokerCpu = broker.child().cpu();
        perf.awaitEnd();
        bench.children().end(perf);
        return progress.result(records, ProcessCpu.ofEndedChildren().minus(endedBefore), brokerCpu);
    }

    private List<String> command(long records) {
        return List.of(
                bench.tally().toString(),
                "kafka",
                "producer-perf-test",
                "--bootstrap-server",
                broker.bootstrapServers(),
                "--topic",
                topic,
                "--num-records",
                Long.toString(WARM_UP_RECORDS + records),
                "--warmup-records",
                Integer.toString(WARM_UP_RECORDS),
                "--record-size",
                Integer.toString(recordBytes),
                "--throughput",
                "-1",
                "--reporting-interval",
                Integer.toString(REPORT_EVERY_MILLIS),
                "--command-property",
                "acks=all");
    }

    /**
     * Reads the lines of the tool as they are printed, and the CPU times when the first records of its steady state are
     * acknowledged.
     */
    private final class Progress {
        private final Child perf;
        private boolean isSteady;
        private @Nullable Duration cpuAtStart;
        private Duration brokerCpuAtStart = Duration.ZERO;
        private long acknowledgedAtStart;
        private double acknowledged;
        private double seconds;
        private String lastLine = "nothing";

        Progress(Child perf) {
            this.perf = perf;
        }

        void read(String line) {
            lastLine = line;
            Matcher matcher = LINE.matcher(line);
            if (line.equals(STEADY)) {
                isSteady = true;
            } else if (isSteady && matcher.matches()) {
                add(Long.parseLong(matcher.group(1)), Double.parseDouble(matcher.group(2)));
            }
        }

        /**
         * The first line includes the time in which the last records of the warm-up were acknowledged, so it only
         * starts the measurement.
         */
        private void add(long records, double perSecond) {
            if (cpuAtStart == null) {
                cpuAtStart = perf.cpu();
                brokerCpuAtStart = broker.child().cpu();
                acknowledgedAtStart = records;
            } else if (perSecond > 0) {
                acknowledged += records;
                seconds += records / perSecond;
            }
        }

        Result result(long records, Duration cpu, Duration brokerCpu) {
            if (seconds == 0 || cpuAtStart == null) {
                throw new BenchException(
                        "kafka-producer-perf-test printed no steady-state figures; its last line: " + lastLine);
            }
            double measured = records - acknowledgedAtStart;
            return new Result(
                    acknowledged / seconds,
                    cpu.minus(cpuAtStart).toNanos() / 1e3 / measured,
                    brokerCpu.minus(brokerCpuAtStart).toNanos() / 1e3 / measured);
        }
    }
}
