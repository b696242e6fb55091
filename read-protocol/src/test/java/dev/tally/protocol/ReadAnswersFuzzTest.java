package dev.tally.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tally.testkit.RandomInput;
import dev.tally.testkit.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the answers of a peer, intact and corrupted. An intact answer is read as it was written. A corrupted one is read, or it
 * fails with {@link MalformedAnswerException} and no other exception.
 */
class ReadAnswersFuzzTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int ROUNDS = 12_000;

    private final long seed = Seed.next();
    private final RandomInput input = new RandomInput(new Random(seed));
    private final RandomAnswers answers = new RandomAnswers(input);

    static Stream<Kind<?>> kinds() {
        return Stream.of(
                new Kind<>(
                        "result",
                        RandomAnswers::result,
                        result -> ResultFormat.TOTAL.write(result),
                        ResultFormat.TOTAL::parse),
                new Kind<>(
                        "history",
                        random -> random.answer(random::history),
                        ResultFormat.HISTORY::write,
                        ResultFormat.HISTORY::parse),
                new Kind<>(
                        "explanation",
                        random -> random.answer(random::explanation),
                        ResultFormat.EXPLANATION::write,
                        ResultFormat.EXPLANATION::parse),
                new Kind<>(
                        "page",
                        random -> random.answer(random::page),
                        ResultFormat.PAGE::write,
                        ResultFormat.PAGE::parse),
                new Kind<>(
                        "ownership",
                        RandomAnswers::ownership,
                        ownership -> ReadProtocol.write(ownership),
                        ReadProtocol::parseOwnership));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void shouldReadBackWhatWasWrittenAndWhateverItAccepts(Kind<T> kind) throws MalformedAnswerException {
        System.out.println("ReadAnswersFuzzTest " + kind + " seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            T value = kind.random().apply(answers);
            byte[] json = kind.writer().apply(value);
            byte[] damaged = input.damaged(json);

            // then
            assertThat(kind.parser().parse(json)).isEqualTo(value);
            taken += isTaken(kind, damaged) ? 1 : 0;
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    private static <T> boolean isTaken(Kind<T> kind, byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        T value;
        try {
            value = kind.parser().parse(json);
        } catch (MalformedAnswerException e) {
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(text, e);
        }
        assertThat(isJson(json)).as("%s", text).isTrue();
        try {
            assertThat(kind.parser().parse(kind.writer().apply(value)))
                    .as("%s", text)
                    .isEqualTo(value);
        } catch (MalformedAnswerException | RuntimeException e) {
            throw new AssertionError(text, e);
        }
        return true;
    }

    private static boolean isJson(byte[] json) {
        try {
            return STRICT.readTree(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(json))
                            .toString())
                    .isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private interface Parser<T> {
        T parse(byte[] json) throws MalformedAnswerException;
    }

    private record Kind<T>(
            String name, Function<RandomAnswers, T> random, Function<T, byte[]> writer, Parser<T> parser) {
        @Override
        public String toString() {
            return name;
        }
    }
}
