package dev.tally.streams.state.store;

import dev.tally.streams.state.flush.FlushScheduler;
import dev.tally.streams.state.flush.FlushSchedulers;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.serving.WrittenState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The real store of one partition, without a broker, between two commits. Everything in one {@link #uncommitted} step belongs to
 * one transaction. The clock that paces flushes advances only by {@link #pass} and, after {@link #passWithEachWrite}, with each
 * write of a counter.
 */
public final class StoreDriver implements AutoCloseable {
    private static final String STORE = "counters";
    private static final StateParameters PARAMETERS = new StateParameters(
            Duration.ofHours(1),
            new HistoryRetention(Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(300)),
            true);

    private final Path stateDir;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> events;
    private final ServingStores serving = new ServingStores();
    private final FlushSchedulers schedulers = new FlushSchedulers(() -> nanos(), false);
    private Runnable step = () -> {};
    private CounterStore store;
    private long nextOffset;
    private long nanos;
    private long nanosAWrite;
    private int written;

    public StoreDriver() {
        try {
            stateDir = Files.createTempDirectory("store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Topology topology = new Topology();
        topology.addSource("events", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "events");
        topology.addProcessor("steps", Steps::new, "events");
        topology.addStateStore(
                new CounterStoreBuilder(STORE, serving, schedulers, StateLimits.DEFAULT, PARAMETERS, LogCheck.NONE),
                "steps");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "store");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(topology, properties);
        events = driver.createInputTopic("events", new ByteArraySerializer(), new ByteArraySerializer());
    }

    public ServingStores serving() {
        return serving;
    }

    /** Runs a step on the stream thread and commits after it. */
    public void uncommitted(Runnable newStep) {
        step = newStep;
        events.pipeInput(new byte[0], new byte[0]);
    }

    /** Within a step: applies a hit and returns its offset. */
    public long hit(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        long offset = nextOffset++;
        CounterEntry known = store.find(key);
        CounterEntry counter = known == null ? store.create(key) : known;
        store.isNew(offset, 1_000);
        store.add(counter, counter.total() + 1, 1, 0, offset, store.streamTime(1_000));
        store.setApplied(offset, store.streamTime(1_000), 1_000);
        return offset;
    }

    /** Within a step: as if the log had no records at the next offsets. */
    public void skip(int offsets) {
        nextOffset += offsets;
    }

    /** Within a step: ends the run of the previous hits. */
    public void endOfRun() {
        store.endOfRun();
    }

    public WrittenState state() {
        return serving.lease(0).view().written();
    }

    /** The scheduler of the stream thread, which is the calling thread. */
    public FlushScheduler scheduler() {
        return schedulers.ofThisThread();
    }

    /** Does what the stream thread does before a poll. */
    public long flushRequested() {
        return scheduler().flushIfRequested();
    }

    /** The same, for commits. Returns the nanoseconds until the thread must request a commit, 0 if it has requested one. */
    public long requestCommit(boolean highRate) {
        return scheduler().requestDueCommit(highRate);
    }

    public CounterView view() {
        return serving.lease(0).view();
    }

    /** The number of iterators over the store that are open. */
    int openIterators() {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("num-open-iterators"))
                .mapToInt(metric -> ((Number) metric.metricValue()).intValue())
                .sum();
    }

    public void withdraw() {
        store.withdraw();
    }

    /** The number of totals written so far. */
    public int written() {
        return written;
    }

    public void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    public void passWithEachWrite(Duration duration) {
        nanosAWrite = duration.toNanos();
    }

    private long nanos() {
        return nanos;
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(stateDir)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Steps implements Processor<byte[], byte[], byte[], byte[]> {
        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            store = context.getStateStore(STORE);
            store.open(context, counter -> {
                written++;
                nanos += nanosAWrite;
            });
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            step.run();
        }

        @Override
        public void close() {
            store.withdraw();
        }
    }
}
