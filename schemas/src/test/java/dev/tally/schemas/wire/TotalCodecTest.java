package dev.tally.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.CounterTotal;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TotalCodecTest {
    private final RandomEvents random = new RandomEvents(System.nanoTime());
    private final TotalEncoder encoder = TotalEncoder.released();
    private final TotalDecoder decoder = TotalDecoder.released();

    @Test
    void shouldWriteWhatAvroWritesAndReadItBack() {
        int id = ReleasedSchemas.get().totalId();
        for (int i = 0; i < 10_000; i++) {
            // given
            CounterTotal total = CounterTotal.newBuilder()
                    .setTotal(random.number())
                    .setUpdatedAt(Instant.ofEpochMilli(random.number() >> 12))
                    .setOffset(random.number())
                    .build();

            // when
            byte[] record =
                    encoder.encode(total.getTotal(), total.getUpdatedAt().toEpochMilli(), total.getOffset());

            // then
            assertThat(record).isEqualTo(RandomEvents.byAvro(id, total));
            assertThat(decoder.decode(record)).isTrue();
            assertThat(decoder.total()).isEqualTo(total.getTotal());
            assertThat(decoder.updatedAtMillis()).isEqualTo(total.getUpdatedAt().toEpochMilli());
            assertThat(decoder.offset()).isEqualTo(total.getOffset());
            assertThat(decoder.part()).isZero();
            assertThat(decoder.parts()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseWhenTruncatedAnywhere() {
        // given
        byte[] record = encoder.encode(1, 2, 3);

        for (int length = 0; length < record.length; length++) {
            // when, then
            assertThat(decoder.decode(Arrays.copyOf(record, length))).isFalse();
            assertThat(decoder.problem()).isNotNull();
        }
    }
}
