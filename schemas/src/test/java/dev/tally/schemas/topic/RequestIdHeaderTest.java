package dev.tally.schemas.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RequestIdHeaderTest {
    @Test
    void shouldReadWhatItWrote() {
        // when
        Header header = RequestIdHeader.of("till-3.4711");

        // then
        assertThat(header.key()).isEqualTo("rid");
        assertThat(header.value()).isEqualTo("till-3.4711".getBytes(US_ASCII));
        assertThat(read(header)).isEqualTo("till-3.4711");
    }

    @Test
    void shouldReadTheHeaderOfEarlierReleases() {
        assertThat(read(new Plain("tally.request-id", "7zk3q0mx0000004h".getBytes(US_ASCII))))
                .isEqualTo("7zk3q0mx0000004h");
    }

    @Test
    void shouldReturnNullWhenThereIsNoHeader() {
        assertThat(read()).isNull();
        assertThat(read(new Plain("rid", null))).isNull();
        assertThat(read(new Plain("tally.request-id", null))).isNull();
        assertThat(read(new Plain("other", new byte[] {1, 2, 3}))).isNull();
    }

    private static String read(Header... headers) {
        byte[] id = RequestIdHeader.read(new RecordHeaders(headers));
        return id == null ? null : new String(id, US_ASCII);
    }

    private record Plain(String key, byte[] value) implements Header {}
}
