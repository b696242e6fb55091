package dev.tally.schemas.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdHeaderTest {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000",
                "zzzzzzzz00000000",
                "0000000000000001",
                "000000000000007z",
                "0000000000000080",
                "7zk3q0mx0000004h",
                "0000000zzzzzzzzz",
                "zzzzzzzzzzzzzzzz"
            })
    void shouldReadWhatItWroteInFewBytesWhenTheIdHasTheFormOfOneMadeHere(String id) {
        // when
        Header header = RequestIdHeader.of(id);

        // then
        assertThat(header.key()).isEqualTo(EventHeaders.PACKED_REQUEST_ID);
        assertThat(header.value()).hasSizeBetween(PackedRequestId.BYTES_MIN, PackedRequestId.BYTES_MAX);
        assertThat(read(header)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "till-3.4711",
                "x",
                "7zk3q0mx0000004",
                "7zk3q0mx0000004hh",
                "7zk3q0mx0000004H",
                "7zk3q0mx0000004i",
                "7zk3q0mx-000004h",
                "7zk3q0mx000000\u00e94",
                "7zk3q0mx000000\uffff4",
                "6f1c2a3e-0d7b-4f0e-9f59-6f6c1f0a2b3c"
            })
    void shouldWriteAnyOtherIdAsText(String id) {
        // when
        Header header = RequestIdHeader.of(id);

        // then
        assertThat(header.key()).isEqualTo("tally.request-id");
    }

    @Test
    void shouldReadAnIdAsTextAsEarlierReleasesWroteIt() {
        assertThat(read(new Plain("tally.request-id", "7zk3q0mx0000004h".getBytes(US_ASCII))))
                .isEqualTo("7zk3q0mx0000004h");
        assertThat(read(RequestIdHeader.of("till-3.4711"))).isEqualTo("till-3.4711");
    }

    @Test
    void shouldNameNoRequestWhenThereIsNone() {
        assertThat(read()).isNull();
        assertThat(read(new Plain("#", null))).isNull();
        assertThat(read(new Plain("tally.request-id", null))).isNull();
        assertThat(read(new Plain("other", new byte[] {1, 2, 3, 4, 5, 6}))).isNull();
    }

    @Test
    void shouldNameNoRequestWhenTheBytesAreThePackedFormOfNone() {
        assertThat(read(new Plain("#", new byte[0]))).isNull();
        assertThat(read(new Plain("#", new byte[] {1, 2, 3, 4}))).isNull();
        assertThat(read(new Plain("#", new byte[] {1, 2, 3, 4, 5, 0}))).isNull();
        assertThat(read(new Plain("#", new byte[] {1, 2, 3, 4, 5, 0, 1}))).isNull();
        assertThat(read(new Plain("#", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})))
                .isNull();
    }

    @Test
    void shouldGiveEachIdOneHeaderAndEachHeaderOneId() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            String id = random.ints(8 + random.nextInt(12), 0, ALPHABET.length())
                    .mapToObj(at -> ALPHABET.substring(at, at + 1))
                    .reduce("", String::concat);
            assertThat(read(RequestIdHeader.of(id))).as("seed %d", seed).isEqualTo(id);

            byte[] bytes = new byte[random.nextInt(13)];
            random.nextBytes(bytes);
            String read = read(new Plain("#", bytes));
            if (read != null) {
                assertThat(RequestIdHeader.of(read).value()).as("seed %d", seed).isEqualTo(bytes);
            }
        }
    }

    private static String read(Header... headers) {
        byte[] id = RequestIdHeader.read(new RecordHeaders(headers));
        return id == null ? null : new String(id, US_ASCII);
    }

    private record Plain(String key, byte[] value) implements Header {}
}
