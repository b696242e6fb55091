package dev.tally.streams.topology;

import dev.tally.Operation;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.schemas.wire.TotalDecoder;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.digest.StateDigest;
import dev.tally.streams.state.flush.FlushSchedulers;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.page.IndexLimits;
import dev.tally.streams.state.serving.CounterView;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.serving.StateDigests;
import dev.tally.streams.state.serving.WrittenState;
import dev.tally.streams.state.store.CounterStoreBuilder;
import dev.tally.streams.state.store.StateLimits;
import dev.tally.streams.state.store.StateParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** One partition of the real topology on a real RocksDB store, without a broker. It commits after each record. */
public final class CountingDriver implements AutoCloseable {
    /** The deduplication window. */
    static final Duration WINDOW = Duration.ofSeconds(5);

    public static final HistoryRetention HISTORY =
            new HistoryRetention(Duration.ofHours(2), Duration.ofDays(2), Duration.ofDays(300));
    public static final StateParameters PARAMETERS = new StateParameters(WINDOW, HISTORY, true);

    private static final IndexLimits INDEX_LIMITS = new IndexLimits(3, 5, 7, 1);

    /** The position of the operation in the bytes of an event: after the frame. */
    static final int OPERATION_AT = 5;

    private final ServingStores serving = new ServingStores();
    private final FlushSchedulers schedulers = new FlushSchedulers(System::nanoTime, false);
    private final CountingMetrics metrics = new CountingMetrics();
    private final Feeds feeds = new Feeds(true);
    private final Path stateDir;
    private final HeldCommits commits;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> events;
    private final TestOutputTopic<byte[], byte[]> totals;
    private final TestOutputTopic<byte[], byte[]> rejectedTopic;
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<String> feed = new ArrayList<>();
    private long changelogRecords;

    public CountingDriver() {
        this(1, StateLimits.DEFAULT);
    }

    /** @param entries the number of counters kept in memory; the number of IDs is twice that */
    public CountingDriver(int partitions, int entries) {
        this(partitions, new StateLimits(entries, 20, INDEX_LIMITS, 2 * entries));
    }

    /** Keeps no IDs in memory, except those of one commit. */
    static CountingDriver withoutIdsInMemory() {
        return new CountingDriver(1, new StateLimits(50_000, 20, INDEX_LIMITS, 0));
    }

    private CountingDriver(int partitions, StateLimits limits) {
        this(partitions, limits, List.of());
    }

    private CountingDriver(int partitions, StateLimits limits, List<KeyValue<Bytes, byte[]>> restored) {
        try {
            stateDir = Files.createTempDirectory("counting");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "counting");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        commits = new HeldCommits(
                new CounterStoreBuilder(CounterTopology.STORE, serving, schedulers, limits, PARAMETERS, LogCheck.NONE),
                restored);
        driver = new TopologyTestDriver(
                CounterTopology.build(
                        partitions, ReleasedSchemas.get(), TotalEncoder.released(), metrics, feeds, commits),
                properties);
        events = driver.createInputTopic(Topics.EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
        totals = driver.createOutputTopic(Topics.TOTALS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        rejectedTopic =
                driver.createOutputTopic(Topics.REJECTED, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** While commits are held, all records belong to one commit. The first record after that is the last of the commit. */
    public void holdCommits(boolean held) {
        commits.hold(held);
    }

    public static byte[] event(Operation operation, long value) {
        return EventEncoder.released().encode(operation, value, null, 0, null);
    }

    public static String nameOnPartition(int partition, int partitions) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "shop/n" + i)
                .filter(name -> Placement.partition(bytes(name), partitions) == partition)
                .findFirst()
                .orElseThrow();
    }

    public void send(String name, Operation operation, long value) {
        sendBytes(bytes(name), event(operation, value));
    }

    public void sendAt(long appendTime, String name, Operation operation, long value) {
        events.pipeInput(bytes(name), event(operation, value), appendTime);
    }

    public void sendAt(long appendTime, String name, Operation operation, long value, String id) {
        sendAt(appendTime, name, operation, value, id, 0);
    }

    public void sendAt(long appendTime, String name, Operation operation, long value, String id, long occurredAt) {
        byte[] event = EventEncoder.released().encode(operation, value, id, occurredAt, null);
        events.pipeInput(bytes(name), event, appendTime);
    }

    /** Another instance, restored from this one's store. No record can be sent to it, because its log starts at offset 0. */
    CountingDriver restored() {
        List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = commits.entries().all()) {
            all.forEachRemaining(entries::add);
        }
        return restored(entries);
    }

    /** An instance that is restored from these entries. */
    static CountingDriver restored(List<KeyValue<Bytes, byte[]>> entries) {
        return new CountingDriver(1, StateLimits.DEFAULT, entries);
    }

    /** The entries of the store. */
    public KeyValueStore<Bytes, byte[]> entries() {
        return commits.entries();
    }

    /** Requests a digest. */
    StateDigests.Pending digestAt(DigestRequest request, Executor reads) {
        return view().digests().at(request, reads);
    }

    /** Does what the stream thread does before a poll. */
    void beforePoll() {
        schedulers.ofThisThread().flushIfRequested();
    }

    /** The digest as of the applied offset, which is taken before the next poll. */
    public StateDigest digest(DigestRequest request) {
        CompletableFuture<DigestResult> result =
                digestAt(request, Runnable::run).result().toCompletableFuture();
        while (!result.isDone()) {
            beforePoll();
        }
        return ((DigestResult.Taken) result.join()).digest();
    }

    /** Null if the counter does not exist. */
    public History history(String name, HistoryRange range) {
        return view().written().history(bytes(name), range).value();
    }

    public CounterPage page(PageQuery page) {
        return view().written().page(page).value();
    }

    public WrittenState written() {
        return view().written();
    }

    /** Advances the wall clock without sending records. */
    void advanceWallClock(Duration by) {
        driver.advanceWallClockTime(by);
    }

    /** The outcome of the event at an offset. */
    public EventOutcome outcome(String name, long offset, Operation operation, long value, String id) {
        return counted(name, offset, operation, value, id).outcome();
    }

    public CounterView.CountedEvent counted(String name, long offset, Operation operation, long value, String id) {
        EventContent content = new EventContent(operation, value);
        return view().outcome(bytes(name), offset, content, id == null ? null : bytes(id));
    }

    /** The first bytes of all keys in the store. */
    public String keyPrefixes() {
        StringBuilder prefixes = new StringBuilder();
        try (KeyValueIterator<Bytes, byte[]> all = commits.entries().all()) {
            all.forEachRemaining(entry -> prefixes.append((char) entry.key.get()[0]));
        }
        return prefixes.toString();
    }

    /** The number of keys in the store that begin with a byte. */
    public int count(char prefix) {
        return (int) keyPrefixes().chars().filter(each -> each == prefix).count();
    }

    /** The number of changelog records so far. */
    public long changelogRecords() {
        var records = driver.createOutputTopic(
                "counting-" + CounterTopology.STORE + "-changelog",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        changelogRecords += records.readRecordsToList().size();
        return changelogRecords;
    }

    public void sendBytes(byte[] key, byte[] value) {
        events.pipeInput(key, value, 1_000);
    }

    /** The same, with a header. */
    public void sendBytes(byte[] key, byte[] value, String header, String headerValue) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(header, bytes(headerValue));
        events.pipeInput(new TestRecord<>(key, value, headers, 1_000L));
    }

    /**
     * Sends events with a timestamp of 1 s as one record, at consecutive offsets. Single events that are sent after it get
     * offsets that are already applied.
     */
    void sendRun(List<KeyValue<byte[], byte[]>> run) {
        EventRun sent = new EventRun(run.size());
        long offset = position().offset();
        for (KeyValue<byte[], byte[]> event : run) {
            offset++;
            sent.add(offset, 1_000, event.key, event.value, new RecordHeaders());
        }
        events.pipeInput(new TestRecord<>(null, null, sent.carrier(), sent.timestampMin()));
    }

    public CounterView.Position position() {
        return view().position();
    }

    public CounterSnapshot counter(String name) {
        return view().read(bytes(name));
    }

    public boolean isInMemory(String name) {
        return view().inMemory(bytes(name)) != null;
    }

    public long total(String name) {
        return counter(name).total();
    }

    private CounterView view() {
        return serving.lease(0).view();
    }

    /** The switch for the feeds, which are on initially. */
    Feeds feeds() {
        return feeds;
    }

    public CountingMetrics metrics() {
        return metrics;
    }

    public List<Rejected> rejected() {
        for (TestRecord<byte[], byte[]> record : rejectedTopic.readRecordsToList()) {
            Map<String, String> headers = new HashMap<>();
            record.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            rejected.add(new Rejected(
                    headers.get("tally.reason"),
                    headers.get("tally.detail"),
                    headers.get("tally.topic") + "/" + headers.get("tally.partition") + "/"
                            + headers.get("tally.offset"),
                    headers.get("tally.request-id"),
                    record.value()));
        }
        return rejected;
    }

    /** All records of the feed so far, as {@code name=total@offset} or {@code name=deleted}. */
    public List<String> feed() {
        TotalDecoder decoder = TotalDecoder.released();
        for (TestRecord<byte[], byte[]> record : totals.readRecordsToList()) {
            String name = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                feed.add(name + "=deleted");
            } else if (decoder.decode(record.value())) {
                feed.add(name + "=" + decoder.total() + "@" + decoder.offset());
            } else {
                feed.add(name + "=" + decoder.problem());
            }
        }
        return feed;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
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

    /** @param origin topic/partition/offset of the original */
    public record Rejected(String reason, String detail, String origin, String requestId, byte[] value) {}
}
