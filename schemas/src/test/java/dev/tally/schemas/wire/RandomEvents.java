package dev.tally.schemas.wire;

import dev.tally.CounterEvent;
import dev.tally.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Random records, and their encoding by Avro itself. */
final class RandomEvents {
    private static final Operation[] WRITTEN = {Operation.ADD, Operation.SET, Operation.DELETE};

    private final Random random;

    RandomEvents(long seed) {
        System.out.println(RandomEvents.class.getSimpleName() + " seed " + seed);
        random = new Random(seed);
    }

    CounterEvent event() {
        return CounterEvent.newBuilder()
                .setOperation(WRITTEN[random.nextInt(WRITTEN.length)])
                .setValue(number())
                .setId(random.nextBoolean() ? null : text(128))
                .setOccurredAt(Instant.ofEpochMilli(number() >> 12))
                .setSource(random.nextBoolean() ? null : text(100))
                .build();
    }

    /** A number of any encoded size. Most uniformly distributed longs would take ten bytes. */
    long number() {
        long number = random.nextLong() >>> random.nextInt(64);
        return random.nextBoolean() ? number : -number;
    }

    String text(int charsMax) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(charsMax + 1);
        int kind = random.nextInt(3);
        while (text.length() < length) {
            switch (kind) {
                case 0 -> text.append((char) (' ' + random.nextInt(95)));
                case 1 -> text.appendCodePoint(random.nextInt(0xD800));
                default -> text.appendCodePoint(random.nextInt(0x110000)); // unpaired surrogates too
            }
        }
        return text.toString();
    }

    byte[] mutate(byte[] record) {
        byte[] mutated = record.clone();
        switch (random.nextInt(3)) {
            case 0 -> {
                return java.util.Arrays.copyOf(mutated, random.nextInt(mutated.length + 4));
            }
            case 1 -> mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            default -> mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        }
        return mutated;
    }

    static byte[] byAvro(int schemaId, SpecificRecord record) {
        return frame(schemaId, new SpecificDatumWriter<>(record.getSchema()), record);
    }

    static byte[] byAvro(int schemaId, Schema schema, Object record) {
        return frame(schemaId, new GenericDatumWriter<>(schema), record);
    }

    private static <T> byte[] frame(int schemaId, DatumWriter<T> writer, T record) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(0);
            out.write(ByteBuffer.allocate(4).putInt(schemaId).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            writer.write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
