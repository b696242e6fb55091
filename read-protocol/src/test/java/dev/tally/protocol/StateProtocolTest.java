package dev.tally.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire format of histories, explanations and pages. */
class StateProtocolTest {
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.123Z");
    private static final AsOf AS_OF =
            new AsOf(new Receipt(3, 17), Instant.ofEpochMilli(5), 0L, AsOf.Role.ACTIVE, Instant.ofEpochMilli(6));
    private static final String AS_OF_JSON =
            "{\"partition\":3,\"offset\":17,\"time\":5,\"lag\":0,\"role\":\"active\",\"checkedAt\":6}";
    private static final String EXPLANATION = "\"total\":1,\"adds\":2,\"sets\":3,\"deletes\":4,\"duplicates\":5,"
            + "\"partition\":3,\"firstOffset\":6,\"firstTime\":7,\"lastOffset\":8,\"lastTime\":9";
    /** An answer that is valid for each of the three. */
    private static final String MISSING = "{\"missing\":{\"status\":\"unknown\",\"asOf\":" + AS_OF_JSON + "}}";

    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MIN_VALUE).multiply(BigInteger.TWO.pow(63));

    static Stream<ReadResult<History>> histories() {
        return Stream.of(
                given(new History(0L, List.of())),
                given(new History(null, List.of())),
                given(new History(
                        Long.MIN_VALUE,
                        List.of(
                                bucket(Long.MIN_VALUE, LARGEST),
                                bucket(-1, BigInteger.ZERO),
                                bucket(
                                        490_000,
                                        BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE)),
                                bucket(Long.MAX_VALUE, LARGEST.negate())))),
                new ReadResult.Unknown<>(AS_OF),
                new ReadResult.Elsewhere<>(null),
                new ReadResult.NotReady<>("restoring"),
                new ReadResult.NotReached<>(ReadResult.Why.AHEAD, "ahead"));
    }

    static Stream<ReadResult<Explanation>> explanations() {
        Explanation.Point first = new Explanation.Point(new Receipt(3, 0), TIME);
        Explanation.Point last = new Explanation.Point(new Receipt(3, Long.MAX_VALUE), TIME.plusMillis(1));
        return Stream.of(
                given(new Explanation(-1, 2, 3, 4, 5, first, last, "host-7.internal:8082")),
                given(new Explanation(
                        Long.MIN_VALUE, Long.MAX_VALUE, 0, Long.MAX_VALUE, Long.MAX_VALUE, first, first, null)),
                new ReadResult.Unknown<>(AS_OF),
                new ReadResult.Elsewhere<>("host:1"));
    }

    static Stream<ReadResult<CounterPage>> pages() {
        return Stream.of(
                given(new CounterPage(List.of(), null)),
                given(new CounterPage(List.of(), "only deleted ones up to here")),
                given(new CounterPage(
                        List.of(
                                new CounterPage.Entry("\"a\\b\" ü ☕ 😀", Long.MIN_VALUE, Instant.EPOCH),
                                new CounterPage.Entry("b", Long.MAX_VALUE, TIME)),
                        "c/\"d\"")),
                new ReadResult.NotReady<>("restoring"),
                new ReadResult.NotReached<>(ReadResult.Why.NOT_YET, "not yet"));
    }

    @ParameterizedTest
    @MethodSource("histories")
    void shouldReadBackEveryHistoryAndNoPartOfIt(ReadResult<History> history) throws MalformedAnswerException {
        assertReadBackWhole(history, ResultFormat.HISTORY.write(history), ResultFormat.HISTORY::parse);
    }

    @ParameterizedTest
    @MethodSource("explanations")
    void shouldReadBackEveryExplanationAndNoPartOfIt(ReadResult<Explanation> explanation)
            throws MalformedAnswerException {
        assertReadBackWhole(explanation, ResultFormat.EXPLANATION.write(explanation), ResultFormat.EXPLANATION::parse);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldReadBackEveryPageAndNoPartOfIt(ReadResult<CounterPage> page) throws MalformedAnswerException {
        assertReadBackWhole(page, ResultFormat.PAGE.write(page), ResultFormat.PAGE::parse);
    }

    @Test
    void shouldWriteWhatItsDocumentationSays() {
        assertThat(ResultFormat.HISTORY.write(given(new History(7L, List.of(bucket(9, BigInteger.TEN))))))
                .asString(UTF_8)
                .isEqualTo("{\"given\":{\"earliest\":7,\"buckets\":[9,10]},\"asOf\":" + AS_OF_JSON + "}");
        assertThat(ResultFormat.PAGE.write(
                        given(new CounterPage(List.of(new CounterPage.Entry("a", 1, Instant.ofEpochMilli(2))), null))))
                .asString(UTF_8)
                .isEqualTo("{\"given\":{\"counters\":[\"a\",1,2],\"upTo\":null},\"asOf\":" + AS_OF_JSON + "}");
        assertThat(ResultFormat.HISTORY.write(new ReadResult.Unknown<>(AS_OF)))
                .asString(UTF_8)
                .isEqualTo(MISSING);
    }

    @Test
    void shouldWriteTheNumbersOfAnExplanationInTheirOrder() {
        Explanation.Point first = new Explanation.Point(new Receipt(3, 6), Instant.ofEpochMilli(7));
        Explanation.Point last = new Explanation.Point(new Receipt(3, 8), Instant.ofEpochMilli(9));
        assertThat(ResultFormat.EXPLANATION.write(given(new Explanation(1, 2, 3, 4, 5, first, last, "a:1"))))
                .asString(UTF_8)
                .isEqualTo("{\"given\":{" + EXPLANATION + ",\"owner\":\"a:1\"},\"asOf\":" + AS_OF_JSON + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"given\":null,\"asOf\":" + AS_OF_JSON + "}",
                "{\"asOf\":" + AS_OF_JSON + "}",
                "{\"missing\":null}",
                "{\"missing\":{}}",
                "{\"missing\":{\"status\":\"found\",\"total\":1,\"updatedAt\":1,\"asOf\":" + AS_OF_JSON + "}}",
                "{\"missing\":{\"status\":\"elsewhere\",\"owner\":null},\"asOf\":" + AS_OF_JSON + "}",
                "{\"missing\":{\"status\":\"elsewhere\",\"owner\":null},\"more\":1}",
                MISSING + "x",
                MISSING + MISSING,
            })
    void shouldRefuseWhatIsNotAnAnswer(String json) {
        assertMalformed(json, ResultFormat.HISTORY::parse);
        assertMalformed(json, ResultFormat.EXPLANATION::parse);
        assertMalformed(json, ResultFormat.PAGE::parse);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"buckets\":[]}",
                "{\"earliest\":1}",
                "{\"earliest\":\"1\",\"buckets\":[]}",
                "{\"earliest\":1.0,\"buckets\":[]}",
                "{\"earliest\":9223372036854775808,\"buckets\":[]}",
                "{\"earliest\":1,\"buckets\":null}",
                "{\"earliest\":1,\"buckets\":{}}",
                "{\"earliest\":1,\"buckets\":[1]}",
                "{\"earliest\":1,\"buckets\":[1,\"2\"]}",
                "{\"earliest\":1,\"buckets\":[1,2.5]}",
                "{\"earliest\":1,\"buckets\":[1,null]}",
                "{\"earliest\":1,\"buckets\":[[1,2]]}",
                "{\"earliest\":1,\"buckets\":[2,2,2,2]}",
                "{\"earliest\":1,\"buckets\":[2,2,1,2]}",
                "{\"earliest\":1,\"buckets\":[1,1000000000000000000000000000000000000000]}",
                "{\"earliest\":1,\"buckets\":[],\"step\":\"day\"}",
            })
    void shouldRefuseWhatIsNotAHistory(String history) {
        assertMalformed("{\"given\":" + history + ",\"asOf\":" + AS_OF_JSON + "}", ResultFormat.HISTORY::parse);
        assertMalformed("{\"given\":{\"earliest\":1,\"buckets\":[]}}", ResultFormat.HISTORY::parse);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"owner\":null}",
                "{" + EXPLANATION + "}",
                "{" + EXPLANATION + ",\"owner\":1}",
                "{" + EXPLANATION + ",\"owner\":null,\"adds\":2}",
                "{" + EXPLANATION + ",\"owner\":null,\"more\":2}",
                "{\"total\":1,\"adds\":2,\"sets\":3,\"deletes\":4,\"duplicates\":5,\"partition\":-1,"
                        + "\"firstOffset\":6,\"firstTime\":7,\"lastOffset\":8,\"lastTime\":9,\"owner\":null}",
                "{\"total\":1,\"adds\":2,\"sets\":3,\"deletes\":4,\"duplicates\":5,\"partition\":2147483648,"
                        + "\"firstOffset\":6,\"firstTime\":7,\"lastOffset\":8,\"lastTime\":9,\"owner\":null}",
                "{\"total\":1,\"adds\":2,\"sets\":3,\"deletes\":4,\"duplicates\":null,\"partition\":3,"
                        + "\"firstOffset\":6,\"firstTime\":7,\"lastOffset\":8,\"lastTime\":9,\"owner\":null}",
            })
    void shouldRefuseWhatIsNotAnExplanation(String explanation) {
        assertMalformed("{\"given\":" + explanation + ",\"asOf\":" + AS_OF_JSON + "}", ResultFormat.EXPLANATION::parse);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"counters\":[]}",
                "{\"upTo\":null}",
                "{\"counters\":[],\"upTo\":1}",
                "{\"counters\":null,\"upTo\":null}",
                "{\"counters\":[\"a\"],\"upTo\":null}",
                "{\"counters\":[\"a\",1],\"upTo\":null}",
                "{\"counters\":[1,1,1],\"upTo\":null}",
                "{\"counters\":[\"a\",\"1\",1],\"upTo\":null}",
                "{\"counters\":[\"a\",1,\"2026-11-24T10:15:30Z\"],\"upTo\":null}",
                "{\"counters\":[[\"a\",1,1]],\"upTo\":null}",
                "{\"counters\":[\"a\",9223372036854775808,1],\"upTo\":null}",
                "{\"counters\":[],\"upTo\":null,\"next\":null}",
            })
    void shouldRefuseWhatIsNotAPage(String page) {
        assertMalformed("{\"given\":" + page + ",\"asOf\":" + AS_OF_JSON + "}", ResultFormat.PAGE::parse);
    }

    @Test
    void shouldKeepTheLongestHistoryWithinItsBound() {
        // given: the largest 64-bit numbers, and sums of the maximum number of events of a log
        BigInteger delta = LARGEST;
        List<History.Bucket> buckets = LongStream.range(0, HistoryRange.BUCKETS_MAX)
                .mapToObj(i -> bucket(Long.MIN_VALUE + i, delta))
                .toList();

        // when, then
        assertThat(ResultFormat.HISTORY.write(given(new History(Long.MIN_VALUE, buckets))))
                .hasSizeLessThan(ResultFormat.HISTORY.bytesMax());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\\", "ü", "☕", "😀", "\u2028"})
    void shouldKeepTheLongestPageWithinItsBound(String character) {
        // given: names of the maximum length, of characters that JSON may escape
        String name = character.repeat(CounterName.COUNTER_BYTES_MAX / character.getBytes(UTF_8).length);
        assertThat(CounterName.isCounter(name)).isTrue();
        List<CounterPage.Entry> counters = IntStream.range(0, PageQuery.LIMIT_MAX)
                .mapToObj(i -> new CounterPage.Entry(name, Long.MIN_VALUE, Instant.ofEpochMilli(Long.MIN_VALUE)))
                .toList();

        // when, then
        assertThat(ResultFormat.PAGE.write(given(new CounterPage(counters, name))))
                .hasSizeLessThan(ResultFormat.HISTORY.bytesMax());
    }

    private interface Parser<T> {
        ReadResult<T> parse(byte[] json) throws MalformedAnswerException;
    }

    private static <T> void assertReadBackWhole(ReadResult<T> answer, byte[] json, Parser<T> parser)
            throws MalformedAnswerException {
        assertThat(parser.parse(json)).isEqualTo(answer);
        for (int length = 0; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> parser.parse(cut)).isInstanceOf(MalformedAnswerException.class);
        }
    }

    private static <T> void assertMalformed(String json, Parser<T> parser) {
        assertThatThrownBy(() -> parser.parse(json.getBytes(UTF_8))).isInstanceOf(MalformedAnswerException.class);
    }

    private static <T> ReadResult<T> given(T value) {
        return new ReadResult.Found<>(value, AS_OF);
    }

    private static History.Bucket bucket(long number, BigInteger delta) {
        return new History.Bucket(number, delta);
    }
}
