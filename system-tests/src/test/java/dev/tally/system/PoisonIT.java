package dev.tally.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.topic.Topics;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Hit;
import dev.tally.system.client.Scrape;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.load.Settled;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import dev.tally.system.log.Poison;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that do not belong on {@code tally.events} are rejected to the dead-letter topic, and counting continues. */
@ParameterizedClass
@EnumSource(
        value = SetUp.class,
        names = {"UP", "PARTS"})
class PoisonIT {
    private static final CounterName COUNTER = CounterName.of("poison", "counter");
    private static final CounterName FULL = CounterName.of("poison", "full");
    private static final CounterName EMPTY = CounterName.of("poison", "empty");
    private static final byte[] KEY = COUNTER.key();

    @Parameter
    SetUp setUp;

    private final List<Expected> expected = new ArrayList<>();
    private TallySystem system;

    /** A record appended to the log, and the reason for which it is expected to be rejected. */
    private record Expected(
            RecordMetadata place, byte @Nullable [] key, byte @Nullable [] value, String reason, String detail) {}

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldRefuseWithATraceAndCountOnWhenRecordsArePoison() throws IOException {
        // given
        system = setUp.create("poison");
        system.start();
        Api api = new Api(system);
        post(api, COUNTER, 5);

        // when
        try (Poison poison = new Poison(system.kafka(), system.partitions())) {
            putUndecodable(poison);
            putOutOfBounds(poison);
            putReused(poison);
            putMisplaced(poison);
            putOverflowing(api, poison);
        }
        consoleProducer();
        post(api, COUNTER, 7);

        // then
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            Settled settled = new Settled(api, new LogModel(topic.events(), system.partitions()));
            assertThat(settled.read(COUNTER).total()).isEqualTo(12);
            assertThat(settled.read(FULL).total()).isEqualTo(Long.MAX_VALUE - 1);
            assertThat(settled.read(EMPTY).total()).isEqualTo(Long.MIN_VALUE + 1);
            assertRejectedRecords(topic);
        }
        assertRejectedCommand();
        assertCountsOnWhenRestarted(api);
        Options.say("poison, %s: %d records refused, each with its trace", setUp, expected.size() + 2);
    }

    private void putUndecodable(Poison poison) {
        byte[] valid = Poison.add(100);
        put(poison, KEY, "hello".getBytes(UTF_8), "undecodable", "magic byte 104 (expected: 0)");
        put(poison, KEY, new byte[0], "undecodable", "shorter than a frame: 0 bytes");
        put(poison, KEY, new byte[] {0, 1, 2}, "undecodable", "shorter than a frame: 3 bytes");
        put(poison, KEY, null, "undecodable", "no value");
        byte[] unknownSchema = valid.clone();
        unknownSchema[1] = 0x11;
        put(poison, KEY, unknownSchema, "undecodable", "schema id");
        put(poison, KEY, Arrays.copyOf(valid, valid.length - 1), "undecodable", "truncated");
        put(poison, KEY, Arrays.copyOf(valid, valid.length + 1), "undecodable", "bytes after the end: 1");
        byte[] unknownSymbol = valid.clone();
        unknownSymbol[5] = 62;
        put(poison, KEY, unknownSymbol, "undecodable", "operation 31 (expected: 0 to 3)");
    }

    /** Fields that ingest-api would have refused. The first is larger than the maximum record size of the changelog. */
    private void putOutOfBounds(Poison poison) {
        put(poison, KEY, Poison.add(100, "x".repeat(1_048_300), null), "too_large", "id: 1048300 bytes");
        put(poison, KEY, Poison.add(100, "x".repeat(140), null), "too_large", "id: 140 bytes");
        put(poison, KEY, Poison.add(100, null, "x".repeat(101)), "too_large", "source: 101 bytes");
        put(poison, KEY, Poison.add(100, "", null), "undecodable", "id: 0 bytes");
        put(poison, KEY, Poison.add(100, "\t", null), "undecodable", "id: 1 bytes, among them 0x09");
        put(poison, KEY, Poison.add(100, "\u00fc", null), "undecodable", "id: 2 bytes, among them 0xC3");
        put(poison, KEY, Poison.add(100, null, ""), "undecodable", "source: 0 bytes");
    }

    /** A valid event, and other events with its ID. */
    private void putReused(Poison poison) {
        poison.put(KEY, Poison.add(0, "once", "stock"));
        poison.put(KEY, Poison.add(0, "once", null));
        put(poison, KEY, Poison.add(100, "once", "stock"), "id_reused", "id once: first ADD 0 at ");
    }

    private void putMisplaced(Poison poison) {
        byte[] event = Poison.add(1_000);
        int wrong = (poison.belongsTo(KEY) + 1) % system.partitions();
        RecordMetadata place = poison.put(wrong, KEY, event);
        expected.add(new Expected(
                place, KEY, event, "wrong_partition", "the key belongs to partition " + poison.belongsTo(KEY)));
        put(poison, null, event, "bad_key", "the key is not");
        for (String key : List.of("", "no-slash", "Bad/c", "poison/", "/c", "poison/..", "poison/a\u0000b")) {
            put(poison, key.getBytes(UTF_8), event, "bad_key", "the key is not");
        }
        put(poison, new byte[] {'p', '/', (byte) 0xff}, event, "bad_key", "the key is not");
    }

    /** Valid events whose deltas overflow. ingest-api accepts such deltas as well, because it does not know the total. */
    private void putOverflowing(Api api, Poison poison) throws IOException {
        post(api, FULL, Long.MAX_VALUE - 1);
        put(poison, FULL.key(), Poison.add(2), "overflow", "beyond 64 bits");
        put(poison, FULL.key(), Poison.add(Long.MAX_VALUE), "overflow", "beyond 64 bits");
        post(api, EMPTY, Long.MIN_VALUE + 1);
        put(poison, EMPTY.key(), Poison.add(-2), "overflow", "beyond 64 bits");
        put(poison, EMPTY.key(), Poison.add(Long.MIN_VALUE), "overflow", "beyond 64 bits");
    }

    private void put(Poison poison, byte @Nullable [] key, byte @Nullable [] value, String reason, String detail) {
        expected.add(new Expected(poison.put(key, value), key, value, reason, detail));
    }

    /** Poison records that any user could produce: plain text from the stock console producer. */
    private void consoleProducer() {
        system.tallyWithInput(
                        "poison/counter=1\nnot a key=1\n",
                        "kafka",
                        "console-producer",
                        "--topic",
                        Topics.EVENTS,
                        "--reader-property",
                        "parse.key=true",
                        "--reader-property",
                        "key.separator==")
                .orFail();
    }

    private void assertCountsOnWhenRestarted(Api api) throws IOException {
        system.stop();
        system.start();
        post(api, COUNTER, 3);
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            Settled settled = new Settled(api, new LogModel(topic.events(), system.partitions()));
            assertThat(settled.read(COUNTER).total()).isEqualTo(15);
            assertThat(topic.records(Topics.REJECTED)).hasSize(expected.size() + 2);
        }
    }

    private void assertRejectedRecords(EventTopic topic) {
        await("all traces")
                .atMost(Duration.ofSeconds(20))
                .until(() -> topic.records(Topics.REJECTED).size() >= expected.size() + 2);
        Map<String, ConsumerRecord<byte[], byte[]>> rejected = topic.records(Topics.REJECTED).stream()
                .collect(Collectors.toMap(
                        record -> header(record, "tally.partition") + "-" + header(record, "tally.offset"),
                        record -> record));
        assertThat(rejected).hasSize(expected.size() + 2);
        for (Expected each : expected) {
            ConsumerRecord<byte[], byte[]> record =
                    rejected.get(each.place().partition() + "-" + each.place().offset());
            assertThat(record).as(each.toString()).isNotNull();
            assertThat(header(record, "tally.reason")).as(each.toString()).isEqualTo(each.reason());
            assertThat(header(record, "tally.detail")).contains(each.detail());
            assertThat(header(record, "tally.topic")).isEqualTo(Topics.EVENTS);
            assertThat(record.key()).isEqualTo(each.key());
            assertThat(record.value()).isEqualTo(each.value());
        }
    }

    private void assertRejectedCommand() throws IOException {
        List<String> lines = system.tally("rejected").orFail().lines();
        assertThat(lines).hasSize(expected.size() + 2);
        for (Expected each : expected) {
            String place = each.place().partition() + "-" + each.place().offset() + "\t";
            assertThat(lines)
                    .filteredOn(line -> line.startsWith(place))
                    .hasSize(1)
                    .allMatch(line -> line.contains("\t" + each.reason() + "\t"));
        }
        assertThat(Scrape.of(folder()).sum("tally_streams_events_rejected_total", ""))
                .isEqualTo(lines.size());
    }

    private URI folder() {
        Map<String, URI> services = system.services();
        URI streams = services.get("counter-streams");
        return streams == null ? system.writeUrl() : streams;
    }

    private static void post(Api api, CounterName counter, long delta) throws IOException {
        Answer answer = api.post(new Hit(counter, delta, ""));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
