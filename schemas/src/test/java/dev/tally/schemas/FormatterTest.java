package dev.tally.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.Operation;
import dev.tally.schemas.topic.RequestIdHeader;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.TotalEncoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.MessageFormatter;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FormatterTest {
    private static final Map<String, String> JSON = Map.of("json", "true");
    private static final long TIME = Instant.parse("2026-11-24T10:15:30.120Z").toEpochMilli();

    private final EventEncoder events = EventEncoder.released();
    private final TotalEncoder totals = TotalEncoder.released();

    @Test
    void shouldShowAnEventInColumns() {
        // given
        byte[] hit = events.encode(Operation.ADD, -3, "order-7", TIME - 60_000, "shop");
        byte[] delete = events.encode(Operation.DELETE, 0, null, TIME, null);

        // when, then
        assertThat(show(new EventFormatter(), Map.of(), record("demo/héllo", hit)))
                .isEqualTo("3-17\t2026-11-24T10:15:30.120Z\tdemo/héllo\tadd\t-3\torder-7\n");
        assertThat(show(new EventFormatter(), Map.of(), record("demo/hello", delete)))
                .isEqualTo("3-17\t2026-11-24T10:15:30.120Z\tdemo/hello\tdelete\t0\t-\n");
    }

    @Test
    void shouldShowAnEventAsJson() {
        // given
        byte[] hit = events.encode(Operation.SET, Long.MAX_VALUE, null, TIME - 60_000, "a\"b\u2028");

        // when, then
        assertThat(show(new EventFormatter(), JSON, record("demo/a/b", hit)))
                .isEqualTo(
                        "{\"receipt\":\"3-17\",\"time\":\"2026-11-24T10:15:30.120Z\",\"namespace\":\"demo\","
                                + "\"counter\":\"a/b\",\"operation\":\"set\",\"value\":9223372036854775807,\"id\":null,"
                                + "\"occurredAt\":\"2026-11-24T10:14:30.120Z\",\"source\":\"a\\\"b\\u2028\",\"requestId\":null}\n");
    }

    @Test
    void shouldShowTheRequestIdWhenTheHeaderHasAnyBytes() {
        // given
        ConsumerRecord<byte[], byte[]> event = record("demo/hello", events.encode(Operation.ADD, 1, null, TIME, null));
        event.headers().add("tally.request-id", "till-3.4711".getBytes(StandardCharsets.UTF_8));
        String line = show(new EventFormatter(), JSON, event);

        // when
        event.headers().add("tally.request-id", new byte[] {'\n', (byte) 0xFF});
        String other = show(new EventFormatter(), JSON, event);

        // then
        assertThat(line).endsWith(",\"requestId\":\"till-3.4711\"}\n");
        assertThat(other).endsWith(",\"requestId\":\"\\\\n\\\\xff\"}\n");
        assertThat(show(new EventFormatter(), Map.of(), event)).endsWith("\tdemo/hello\tadd\t1\t-\n");
    }

    @Test
    void shouldShowTheRequestIdOfEachEventWhereverReadingStarts() {
        // given
        String made = "7zk3q0mx0000004h";
        byte[] hit = events.encode(Operation.ADD, 1, null, TIME, null);
        ConsumerRecord<byte[], byte[]> first = record("demo/hello", hit);
        ConsumerRecord<byte[], byte[]> ofNoRequest = record("demo/hello", hit);
        ConsumerRecord<byte[], byte[]> ofAnother = record("demo/hello", hit);
        ConsumerRecord<byte[], byte[]> last = record("demo/hello", hit);
        first.headers().add(RequestIdHeader.of(made));
        ofAnother.headers().add(RequestIdHeader.of("7zk3q0mx0000004j"));
        last.headers().add(RequestIdHeader.of(made));

        // when
        List<String> all = Stream.of(first, ofNoRequest, ofAnother, last)
                .map(event -> show(new EventFormatter(), JSON, event))
                .map(line -> line.substring(line.indexOf("\"requestId\":")))
                .toList();
        String lastAlone = show(new EventFormatter(), JSON, last);

        // then
        assertThat(all)
                .containsExactly(
                        "\"requestId\":\"7zk3q0mx0000004h\"}\n",
                        "\"requestId\":null}\n",
                        "\"requestId\":\"7zk3q0mx0000004j\"}\n",
                        "\"requestId\":\"7zk3q0mx0000004h\"}\n");
        assertThat(lastAlone).endsWith("\"requestId\":\"7zk3q0mx0000004h\"}\n");
    }

    @Test
    void shouldShowWhichRejectedEventIsRepeated() {
        // given
        ConsumerRecord<byte[], byte[]> event = record("demo/hello", events.encode(Operation.ADD, 1, "a", TIME, null));
        event.headers().add("tally.replay-of", "0-42".getBytes(StandardCharsets.US_ASCII));

        // when, then
        assertThat(show(new EventFormatter(), JSON, event)).endsWith("\"requestId\":null,\"replayOf\":\"0-42\"}\n");
    }

    @Test
    void shouldShowTheRequestIdOfARejectedEvent() {
        // given
        ConsumerRecord<byte[], byte[]> rejected = record("demo/hello", new byte[] {1});
        rejected.headers().add(RequestIdHeader.of("7zk3q0mx0000004h"));

        // when, then
        assertThat(show(new RejectedFormatter(), JSON, rejected)).endsWith("\"requestId\":\"7zk3q0mx0000004h\"}\n");
    }

    @Test
    void shouldPrintOneLineWhenARecordHasControlCharacters() {
        // given
        byte[] hit = events.encode(Operation.ADD, 1, "a\tb\nc\\d\u0085\u2028\u0000", TIME, null);

        // when, then
        assertThat(show(new EventFormatter(), Map.of(), record("x\ny", hit)))
                .endsWith("\tx\\ny\tadd\t1\ta\\tb\\nc\\\\d\\u0085\\u2028\\u0000\n");
        assertThat(show(
                        new EventFormatter(),
                        Map.of(),
                        record("demo/a", events.encode(Operation.ADD, 1, "-", 0, null))))
                .endsWith("\tadd\t1\t\\-\n");
        assertThat(show(new EventFormatter(), Map.of(), record(new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xC3}, hit)))
                .contains("\ta\\xffb\\xc3\tadd\t");
        assertThat(show(new EventFormatter(), JSON, record(new byte[] {'\n', (byte) 0xFF}, hit)))
                .contains("\"key\":\"\\\\n\\\\xff\"");
    }

    @Test
    void shouldShowTheReasonWhenARecordCannotBeDecoded() {
        // given
        byte[] poison = "hello".getBytes(StandardCharsets.UTF_8);

        // when, then
        assertThat(show(new EventFormatter(), Map.of(), record("demo/hello", poison)))
                .isEqualTo(
                        "3-17\t2026-11-24T10:15:30.120Z\tdemo/hello\tundecodable\t-\tmagic byte 104 (expected: 0)\n");
        assertThat(show(new EventFormatter(), JSON, record((byte[]) null, null)))
                .isEqualTo("{\"receipt\":\"3-17\",\"time\":\"2026-11-24T10:15:30.120Z\",\"key\":null,"
                        + "\"undecodable\":\"no value\",\"requestId\":null}\n");
        assertThat(show(new TotalFormatter(), Map.of(), record("demo/hello", poison)))
                .isEqualTo("demo/hello\tundecodable\t2026-11-24T10:15:30.120Z\tmagic byte 104 (expected: 0)\n");
    }

    @Test
    void shouldShowATotal() {
        // given
        byte[] total = totals.encode(42, TIME - 1, 99);

        // when, then
        assertThat(show(new TotalFormatter(), Map.of(), record("demo/hello", total)))
                .isEqualTo("demo/hello\t42\t2026-11-24T10:15:30.119Z\t3-99\n");
        assertThat(show(new TotalFormatter(), JSON, record("demo/hello", total)))
                .isEqualTo("{\"namespace\":\"demo\",\"counter\":\"hello\",\"total\":42,"
                        + "\"updatedAt\":\"2026-11-24T10:15:30.119Z\",\"receipt\":\"3-99\"}\n");
    }

    @Test
    void shouldShowADeletedTotal() {
        assertThat(show(new TotalFormatter(), Map.of(), record("demo/hello", null)))
                .isEqualTo("demo/hello\tdeleted\t2026-11-24T10:15:30.120Z\t-\n");
        assertThat(show(new TotalFormatter(), JSON, record("demo/hello", null)))
                .isEqualTo("{\"namespace\":\"demo\",\"counter\":\"hello\",\"deleted\":true,"
                        + "\"time\":\"2026-11-24T10:15:30.120Z\"}\n");
    }

    @Test
    void shouldShowARejectedEventWithItsReason() {
        // given
        ConsumerRecord<byte[], byte[]> rejected = record("demo/hello", new byte[] {1});
        rejected.headers()
                .add("tally.request-id", "till-3.4711".getBytes(StandardCharsets.UTF_8))
                .add("tally.reason", "undecodable".getBytes(StandardCharsets.UTF_8))
                .add("tally.detail", "magic byte 1\n".getBytes(StandardCharsets.UTF_8))
                .add("tally.topic", "tally.events".getBytes(StandardCharsets.UTF_8))
                .add("tally.partition", "3".getBytes(StandardCharsets.UTF_8))
                .add("tally.offset", "1234".getBytes(StandardCharsets.UTF_8));

        // when, then
        assertThat(show(new RejectedFormatter(), Map.of(), rejected))
                .isEqualTo("3-1234\t2026-11-24T10:15:30.120Z\tdemo/hello\tundecodable\tmagic byte 1\\n\n");
        assertThat(show(new RejectedFormatter(), JSON, rejected))
                .isEqualTo("{\"receipt\":\"3-1234\",\"time\":\"2026-11-24T10:15:30.120Z\",\"namespace\":\"demo\","
                        + "\"counter\":\"hello\",\"reason\":\"undecodable\",\"detail\":\"magic byte 1\\\\n\","
                        + "\"topic\":\"tally.events\",\"requestId\":\"till-3.4711\"}\n");
        assertThat(show(new RejectedFormatter(), Map.of(), record((byte[]) null, null)))
                .isEqualTo("---\t2026-11-24T10:15:30.120Z\t-\t-\t-\n");
    }

    @Test
    void shouldShowOneCounterWhenAsked() {
        // given
        Map<String, String> hello = Map.of("counter", "demo/hello");
        byte[] hit = events.encode(Operation.ADD, 1, null, TIME, null);

        // when, then
        assertThat(show(new EventFormatter(), hello, record("demo/hello", hit))).isNotEmpty();
        assertThat(show(new EventFormatter(), hello, record("demo/hello2", hit)))
                .isEmpty();
        assertThat(show(new EventFormatter(), hello, record((byte[]) null, hit)))
                .isEmpty();
        assertThatThrownBy(() -> new EventFormatter().configure(Map.of("counter", "hello")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("counter: hello (expected: namespace/counter)");
    }

    private static String show(
            MessageFormatter formatter, Map<String, String> properties, ConsumerRecord<byte[], byte[]> record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        formatter.configure(properties);
        formatter.writeTo(record, new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        formatter.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
        return record(key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                "topic",
                3,
                17,
                TIME,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
