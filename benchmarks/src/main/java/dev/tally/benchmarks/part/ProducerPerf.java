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
 * Kafka's own producer benchmark, {@code kafka-producer-perf-test}, as it comes, with acks=all and one bootstrap server.
 * Its first records warm it up and count in no figure: neither in its own steady-state rate, which is the rate taken, nor
 * in the CPU time.
 */
final class ProducerPerf {
    private static final int WARM_UP_RECORDS = 500_000;
    private static final int REPORT_EVERY_MILLIS = 200;
    private static final Duration END_WITHIN = Duration.ofSeconds(60);
    private static final Pattern LINE =
            Pattern.compile("(\\d+)( steady state)? records sent, ([0-9.]+) records/sec .*");

    private final Workbench bench;
    private final Broker broker;
    private final String topic;
    private final int recordBytes;

    /** @param recordBytes the length of every value; there are no keys */
    ProducerPerf(Workbench bench, Broker broker, String topic, int recordBytes) {
        this.bench = bench;
        this.broker = broker;
        this.topic = topic;
        this.recordBytes = recordBytes;
    }

    record Result(double perSecond, double producerCpuMicros, double brokerCpuMicros) {}

    Result run(long records) {
        Duration endedBefore = ProcessCpu.ofEndedChildren();
        Child perf = bench.children().startReading("producer-perf-test", Map.of(), command(records));
        Progress progress = new Progress(perf);
        try (BufferedReader output = perf.output()) {
            output.lines().forEach(progress::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Duration brokerCpu = broker.child().cpu();
        perf.awaitEnd(END_WITHIN);
        bench.children().end(perf);
        return progress.result(
                WARM_UP_RECORDS + records, ProcessCpu.ofEndedChildren().minus(endedBefore), brokerCpu);
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

    /** Reads the lines of the tool as they come, and the CPU times when its warm-up is over. */
    private final class Progress {
        private final Child perf;
        private long sent;
        private @Nullable Duration cpuWhenWarm;
        private @Nullable Duration brokerCpuWhenWarm;
        private long sentWhenWarm;
        private double steadyPerSecond;

        Progress(Child perf) {
            this.perf = perf;
        }

        void read(String line) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                return;
            }
            if (matcher.group(2) != null) {
                steadyPerSecond = Double.parseDouble(matcher.group(3));
                return;
            }
            sent += Long.parseLong(matcher.group(1));
            if (cpuWhenWarm == null && sent >= WARM_UP_RECORDS) {
                cpuWhenWarm = perf.cpu();
                brokerCpuWhenWarm = broker.child().cpu();
                sentWhenWarm = sent;
            }
        }

        Result result(long records, Duration cpu, Duration brokerCpu) {
            if (steadyPerSecond == 0 || cpuWhenWarm == null || brokerCpuWhenWarm == null) {
                throw new BenchException("kafka-producer-perf-test printed no steady-state figures");
            }
            double measured = records - sentWhenWarm;
            return new Result(
                    steadyPerSecond,
                    cpu.minus(cpuWhenWarm).toNanos() / 1e3 / measured,
                    brokerCpu.minus(brokerCpuWhenWarm).toNanos() / 1e3 / measured);
        }
    }
}
