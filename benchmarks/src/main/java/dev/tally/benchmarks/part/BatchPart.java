package dev.tally.benchmarks.part;

import dev.tally.Operation;
import dev.tally.benchmarks.load.BenchCounters;
import dev.tally.benchmarks.load.RequestList;
import dev.tally.benchmarks.load.SkewedCounters;
import dev.tally.benchmarks.load.Wrk;
import dev.tally.benchmarks.load.WrkResult;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.CpuWindow;
import dev.tally.benchmarks.report.Comparison;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Run;
import dev.tally.schemas.wire.EventEncoder;
import java.util.List;

/** Compares batches over HTTP into ingest-api with Kafka's own producer benchmark, in turn on one broker. */
final class BatchPart implements Part {
    private static final int[] BATCH_EVENTS = {1_000, 10_000};
    private static final int COUNTERS = 4_000;
    private static final int BATCHES = 8;
    private static final int CONNECTIONS = 8;
    private static final long SEED = 4;
    /**
     * The number of records is that of the events, but at least this, so that the tool does not end before it prints a
     * figure.
     */
    private static final long PERF_RECORDS_MIN = 500_000;

    private static final String PERF_TOPIC = "bench.producer-perf";

    private static final Measure RATE = new Measure("events per second", 0);
    private static final Measure SENDER_CPU = new Measure("CPU of the producing process per event, µs", 2);
    private static final Measure BROKER_CPU = new Measure("CPU of the broker per event, µs", 2);
    private static final Measure WRK_CPU = new Measure("CPU of wrk per event, µs", 3);
    private static final Measure REFUSED = new Measure("batches refused or broken", 0);

    @Override
    public void run(Workbench bench) {
        Broker broker = bench.startBroker("batch-data");
        HttpChild ingest = bench.startIngest(broker);
        broker.createTopic(PERF_TOPIC, Workbench.PARTITIONS);
        Wrk wrk = bench.wrk();
        ProducerPerf perf = new ProducerPerf(bench, broker, PERF_TOPIC, recordBytes());
        for (int batchEvents : BATCH_EVENTS) {
            RequestList batches = RequestList.batches(bench.directory(), COUNTERS, batchEvents, BATCHES, SEED);
            WarmUp.run(bench, wrk, ingest, batches, CONNECTIONS);
            Comparison comparison = bench.report().compare("batches of " + batchEvents, "tally", "producer-perf-test");
            for (int run = 0; run < bench.amounts().runs(); run++) {
                Acknowledged acknowledged = new Acknowledged(broker, Workbench.PARTITIONS);
                CpuWindow cpu = CpuWindow.open(List.of(ingest.child(), broker.child()));
                WrkResult result = wrk.run(
                        ingest.port(), batches, CONNECTIONS, bench.amounts().window());
                long events = result.answered() * batchEvents;
                if (events == 0) {
                    throw new BenchException("no batch was answered with a 2xx: " + result);
                }
                Run ofTally = new Run()
                        .put(RATE, events / result.seconds())
                        .put(SENDER_CPU, cpu.micros(ingest.child()) / events)
                        .put(BROKER_CPU, cpu.micros(broker.child()) / events)
                        .put(WRK_CPU, result.cpu().toNanos() / 1e3 / events)
                        .put(REFUSED, result.failed());
                bench.report().add(comparison, "tally", ofTally);
                acknowledged.verify(events);
                ProducerPerf.Result perfResult = perf.run(Math.max(events, PERF_RECORDS_MIN));
                Run ofPerf = new Run()
                        .put(RATE, perfResult.perSecond())
                        .put(SENDER_CPU, perfResult.producerCpuMicros())
                        .put(BROKER_CPU, perfResult.brokerCpuMicros());
                bench.report().add(comparison, "producer-perf-test", ofPerf);
            }
            bench.report().floor(Floors.batch(batchEvents, comparison.ratio("producer-perf-test", RATE)));
        }
        bench.end(ingest);
        bench.end(broker);
    }

    /** The average length of one of Tally's records, key and value, over the events in the batches. */
    private static int recordBytes() {
        SkewedCounters skewed = new SkewedCounters(COUNTERS, SEED);
        int events = 10_000;
        long keyBytes = 0;
        for (int i = 0; i < events; i++) {
            keyBytes += BenchCounters.key(skewed.next()).length;
        }
        byte[] value = EventEncoder.released().encode(Operation.ADD, 1, null, System.currentTimeMillis(), null);
        return Math.round((float) keyBytes / events) + value.length;
    }
}
