package dev.tally.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tally.CounterEvent;
import dev.tally.Operation;
import dev.tally.testkit.Seed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final int RUNS = 20_000;

    private final long seed = Seed.next();
    private final RandomEvents random = new RandomEvents(seed);
    private final EventEncoder encoder = EventEncoder.released();
    private final EventDecoder decoder = EventDecoder.released();

    @Test
    void shouldWriteWhatAvroWrites() {
        int id = ReleasedSchemas.get().eventId();
        for (int i = 0; i < RUNS; i++) {
            // given
            CounterEvent event = random.event();

            // when
            byte[] record = encode(event);

            // then
            assertThat(record).isEqualTo(RandomEvents.byAvro(id, event));
        }
    }

    @Test
    void shouldReadWhatItWrote() {
        for (int i = 0; i < RUNS; i++) {
            // given
            CounterEvent event = random.event();

            // when
            boolean decoded = decoder.decode(encode(event));

            // then
            assertThat(decoded).isTrue();
            assertThat(decoder.problem()).isNull();
            assertThat(decoder.operation()).isEqualTo(event.getOperation());
            assertThat(decoder.value()).isEqualTo(event.getValue());
            assertThat(decoder.hasId()).isEqualTo(event.getId() != null);
            assertThat(decoder.id()).isEqualTo(asWritten(event.getId()));
            assertThat(decoder.occurredAtMillis())
                    .isEqualTo(event.getOccurredAt().toEpochMilli());
            assertThat(decoder.source()).isEqualTo(asWritten(event.getSource()));
            assertThat(decoder.sourceSize())
                    .isEqualTo(
                            event.getSource() == null ? -1 : event.getSource().getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /** Our decoder agrees with Avro's, except that ours is strict about UTF-8 and about bytes after the end. */
    @Test
    void shouldAgreeWithAvroAboutDamagedRecords() {
        int undecodable = 0;
        for (int i = 0; i < RUNS; i++) {
            // given
            byte[] record = random.mutate(encode(random.event()));

            // when
            boolean decoded = decoder.decode(record);

            // then
            if (decoded) {
                CounterEvent event = byAvro(record);
                assertThat(event).isNotNull();
                assertThat(decoder.operation()).isEqualTo(event.getOperation());
                assertThat(decoder.value()).isEqualTo(event.getValue());
                assertThat(decoder.id()).isEqualTo(event.getId());
                assertThat(decoder.occurredAtMillis())
                        .isEqualTo(event.getOccurredAt().toEpochMilli());
                assertThat(decoder.source()).isEqualTo(event.getSource());
            } else if (!decoder.problem().startsWith("broken UTF-8")
                    && !decoder.problem().startsWith("bytes after the end")) {
                undecodable++;
                assertThat(byAvro(record))
                        .as("seed %d run %d: %s", seed, i, decoder.problem())
                        .isNull();
            }
        }
        assertThat(undecodable).isGreaterThan(RUNS / 10);
    }

    @Test
    void shouldNotAllocateWhenAnEventHasNoId() {
        // given
        byte[] record = encoder.encode(Operation.ADD, 1, null, 1_764_000_000_000L, "shop");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long sum = decodeMany(record);

        // when
        long before = threads.getThreadAllocatedBytes(thread);
        sum += decodeMany(record);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        // then
        assertThat(sum).isEqualTo(2 * RUNS);
        assertThat(allocated).isLessThan(RUNS); // less than a byte per record: allocated by the measurement
    }

    @Test
    void shouldRefuseToWriteUnknown() {
        assertThatThrownBy(() -> encoder.encode(Operation.UNKNOWN, 1, null, 0, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("operation: UNKNOWN (expected: ADD, SET or DELETE)");
    }

    private long decodeMany(byte[] record) {
        long sum = 0;
        for (int i = 0; i < RUNS; i++) {
            if (decoder.decode(record) && !decoder.hasId() && decoder.sourceSize() == 4) {
                sum += decoder.value();
            }
        }
        return sum;
    }

    private byte[] encode(CounterEvent event) {
        return encoder.encode(
                event.getOperation(),
                event.getValue(),
                event.getId(),
                event.getOccurredAt().toEpochMilli(),
                event.getSource());
    }

    /** An unpaired surrogate has no UTF-8 encoding and is written as a question mark. */
    private static String asWritten(String text) {
        return text == null ? null : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** The framed record as Avro itself reads it, or null if Avro cannot read it. */
    private static CounterEvent byAvro(byte[] record) {
        if (record.length < Frame.BYTES
                || record[0] != 0
                || Frame.schemaId(record) != ReleasedSchemas.get().eventId()) {
            return null;
        }
        try {
            BinaryDecoder avro =
                    DecoderFactory.get().binaryDecoder(record, Frame.BYTES, record.length - Frame.BYTES, null);
            return new SpecificDatumReader<>(CounterEvent.class).read(null, avro);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
