package dev.tally.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndecodableTest {
    private final EventDecoder decoder = EventDecoder.released();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                       | shorter than a frame: 0 bytes
            00                       | shorter than a frame: 1 bytes
            007f0000                 | shorter than a frame: 4 bytes
            7b7f00000102020000 00    | magic byte 123 (expected: 0)
            ff7f00000102020000 00    | magic byte 255 (expected: 0)
            000000001102020000 00    | unknown schema id 17
            00ffffffff02020000 00    | unknown schema id -1
            007f000001               | truncated
            007f00000102             | truncated
            007f0000010202           | truncated
            007f000001020200         | truncated
            007f00000102020000       | truncated
            007f0000010202000080     | truncated
            007f00000102020000 00 00 | bytes after the end: 1
            007f00000108020000 00    | operation 4 (expected: 0 to 3)
            007f00000101020000 00    | operation -1 (expected: 0 to 3)
            007f000001808080808010   | an int of more than 5 bytes
            007f00000102 80808080808080808080 01 00 00 00 | a long of more than 10 bytes
            007f0000010202 04 00 00  | union branch 2 (expected: 0 or 1)
            007f0000010202 01 00 00  | union branch -1 (expected: 0 or 1)
            007f0000010202 02 01 00 00  | a negative length
            007f0000010202 02 feffffff0f 61 00 00  | truncated
            007f0000010202 02 feffffffffffffffff01 61 00 00  | truncated
            007f0000010202 02 02 ff 00 00    | broken UTF-8
            007f0000010202 02 04 c080 00 00  | broken UTF-8
            007f0000010202 02 06 eda080 00 00 | broken UTF-8
            007f0000010202 02 08 f4908080 00 00 | broken UTF-8
            007f0000010202 00 00 02 04 61c3  | broken UTF-8
            """)
    void shouldReportTheReasonWhenARecordIsDamaged(String hex, String problem) {
        // when
        boolean decoded = decoder.decode(HexFormat.of().parseHex(hex.replace(" ", "")));

        // then
        assertThat(decoded).isFalse();
        assertThat(decoder.problem()).isEqualTo(problem);
    }

    @Test
    void shouldReportTheReasonWhenThereIsNoValue() {
        assertThat(decoder.decode(null)).isFalse();
        assertThat(decoder.problem()).isEqualTo("no value");
    }

    @Test
    void shouldRefuseATotalWhenAnEventIsExpected() {
        // given
        byte[] total = TotalEncoder.released().encode(1, 2, 3);

        // when
        boolean decoded = decoder.decode(total);

        // then
        assertThat(decoded).isFalse();
        assertThat(decoder.problem()).isEqualTo("schema 2130706434 cannot be read as CounterEvent");
    }

    @Test
    void shouldDecodeTheNextRecordWhenOneWasRefused() {
        // given
        byte[] event = EventEncoder.released().encode(Operation.ADD, 7, "a", 1, null);
        decoder.decode(TotalEncoder.released().encode(1, 2, 3));
        decoder.decode(Arrays.copyOf(event, event.length - 1));

        // when
        boolean decoded = decoder.decode(event);

        // then
        assertThat(decoded).isTrue();
        assertThat(decoder.problem()).isNull();
        assertThat(decoder.value()).isEqualTo(7);
        assertThat(decoder.id()).isEqualTo("a");
    }
}
