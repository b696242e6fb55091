package dev.tally.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.benchmarks.process.BenchException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {
    private static final String ACCEPTED =
            "HTTP/1.1 202 Accepted\r\nTally-Receipt: 0-12,3-55\r\nContent-Length: 3\r\n\r\n{ü"; // 3 bytes
    private static final String REFUSED = "HTTP/1.1 503 Service Unavailable\r\ncontent-length:2\r\n\r\nno";

    private final AnswerParser parser = new AnswerParser();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 1_000})
    void shouldReadOneAnswerAfterTheOtherHoweverTheyAreCut(int bytes) {
        // given
        byte[] stream = (ACCEPTED + REFUSED + ACCEPTED).getBytes(StandardCharsets.UTF_8);
        List<HttpAnswer> answers = new ArrayList<>();

        // when
        for (int at = 0; at < stream.length; at += bytes) {
            parser.add(ByteBuffer.wrap(stream, at, Math.min(bytes, stream.length - at)));
            for (HttpAnswer answer = parser.next(7); answer != null; answer = parser.next(7)) {
                answers.add(answer);
            }
        }

        // then
        HttpAnswer accepted = new HttpAnswer(202, "0-12,3-55", "{ü", 7);
        assertThat(answers).containsExactly(accepted, new HttpAnswer(503, null, "no", 7), accepted);
    }

    @Test
    void shouldReadAnAnswerThatIsLongerThanWhatIsReadAtOnce() {
        // given
        String body = "x".repeat(100_000);
        byte[] stream = ("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);

        // when
        parser.add(ByteBuffer.wrap(stream, 0, 60_000));
        HttpAnswer early = parser.next(1);
        parser.add(ByteBuffer.wrap(stream, 60_000, stream.length - 60_000));

        // then
        assertThat(early).isNull();
        assertThat(parser.next(2)).isEqualTo(new HttpAnswer(200, null, body, 2));
    }

    @Test
    void shouldGiveUpWhenAnAnswerDoesNotSayHowLongItIs() {
        // given
        parser.add(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8)));

        // then
        assertThatThrownBy(() -> parser.next(0)).isInstanceOf(BenchException.class);
    }
}
