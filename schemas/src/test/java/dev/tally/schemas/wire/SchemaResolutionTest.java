package dev.tally.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.CounterEvent;
import dev.tally.Operation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Records of writers that are newer than this reader. In production a registry returns their schemas. */
class SchemaResolutionTest {
    private static final int ID = 17;
    private static final String EVENT = """
            {"type":"record","name":"CounterEvent","namespace":"dev.tally","fields":[
              {"name":"tags","type":{"type":"array","items":"string"}},
              {"name":"operation","type":{"type":"enum","name":"Operation",
                "symbols":["ADD","MULTIPLY","UNKNOWN","SET","DELETE"],"default":"UNKNOWN"}},
              {"name":"value","type":"int"},
              {"name":"blob","type":"bytes"},
              {"name":"id","type":["null","string"],"default":null},
              {"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"ratio","type":"double"},
              {"name":"numbers","type":{"type":"map","values":"long"}}
            ]}
            """;

    private final Schema newer = new Schema.Parser().parse(EVENT);
    private final EventDecoder decoder =
            new EventDecoder(id -> id == ID ? newer : ReleasedSchemas.get().schema(id));

    @Test
    void shouldReadTheKnownFieldsWhenTheWriterIsNewer() {
        // when
        boolean decoded = decoder.decode(RandomEvents.byAvro(ID, newer, event("SET")));

        // then
        assertThat(decoder.problem()).isNull();
        assertThat(decoded).isTrue();
        assertThat(decoder.operation()).isEqualTo(Operation.SET);
        assertThat(decoder.value()).isEqualTo(-5);
        assertThat(decoder.hasId()).isTrue();
        assertThat(decoder.id()).isEqualTo("order 7 ü");
        assertThat(decoder.occurredAtMillis()).isEqualTo(1_764_000_000_000L);
        assertThat(decoder.source()).isNull();
    }

    @Test
    void shouldReadUnknownWhenTheOperationIsNewer() {
        // when
        boolean decoded = decoder.decode(RandomEvents.byAvro(ID, newer, event("MULTIPLY")));

        // then
        assertThat(decoded).isTrue();
        assertThat(decoder.operation()).isEqualTo(Operation.UNKNOWN);
    }

    @Test
    void shouldDecodeEachRecordByItsSchemaWhenSchemasAlternate() {
        // given
        byte[] theirs = RandomEvents.byAvro(ID, newer, event("ADD"));
        byte[] ours = EventEncoder.released().encode(Operation.SET, 9, null, 1, "s");

        for (int i = 0; i < 3; i++) {
            // when, then
            assertThat(decoder.decode(theirs)).isTrue();
            assertThat(decoder.value()).isEqualTo(-5);
            assertThat(decoder.id()).isEqualTo("order 7 ü");
            assertThat(decoder.source()).isNull();

            // when, then
            assertThat(decoder.decode(ours)).isTrue();
            assertThat(decoder.value()).isEqualTo(9);
            assertThat(decoder.hasId()).isFalse();
            assertThat(decoder.source()).isEqualTo("s");
        }
    }

    @Test
    void shouldBeStrictWhenResolvingToo() {
        // given
        byte[] record = RandomEvents.byAvro(ID, newer, event("ADD"));

        for (int length = Frame.BYTES; length < record.length; length++) {
            // when, then
            assertThat(decoder.decode(Arrays.copyOf(record, length))).isFalse();
            assertThat(decoder.problem()).isEqualTo("truncated");
        }

        // when, then
        assertThat(decoder.decode(Arrays.copyOf(record, record.length + 2))).isFalse();
        assertThat(decoder.problem()).isEqualTo("bytes after the end: 2");

        // when, then
        byte[] hugeArray = record.clone();
        hugeArray[Frame.BYTES] = 126; // 63 items are more than the bytes can hold
        assertThat(decoder.decode(hugeArray)).isFalse();
    }

    @Test
    void shouldNotDependOnAvroAllocatingWhatALengthClaims() {
        // given: a first tag whose length field says two thousand million bytes
        byte[] record = {0, 0, 0, 0, ID, 2, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0E, 'x'};

        // when
        boolean decoded = decoder.decode(record);

        // then
        assertThat(decoded).isFalse();
        assertThat(decoder.problem()).isEqualTo("truncated");
    }

    @Test
    void shouldReadDirectlyWhenARegistryHasTheCurrentSchemaUnderAnotherId() {
        // given
        EventDecoder registry = new EventDecoder(id -> id == 4 ? CounterEvent.getClassSchema() : null);

        // when
        boolean decoded = registry.decode(new EventEncoder(4).encode(Operation.ADD, 3, "x", 5, null));

        // then
        assertThat(decoded).isTrue();
        assertThat(registry.value()).isEqualTo(3);
        assertThat(registry.id()).isEqualTo("x");
    }

    private GenericRecord event(String operation) {
        GenericRecord event = new GenericData.Record(newer);
        event.put("tags", List.of("a", "b"));
        event.put(
                "operation",
                new GenericData.EnumSymbol(newer.getField("operation").schema(), operation));
        event.put("value", -5);
        event.put("blob", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        event.put("id", "order 7 ü");
        event.put("occurredAt", 1_764_000_000_000L);
        event.put("ratio", 0.5);
        event.put("numbers", Map.of("one", 1L));
        return event;
    }
}
