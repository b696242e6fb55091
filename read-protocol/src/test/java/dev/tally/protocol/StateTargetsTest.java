package dev.tally.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Step;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The buckets and the counters that a request asks for, as query parameters of its target. */
class StateTargetsTest {
    private static final CounterName COUNTER = CounterName.of("shop-1.eu", "a/b %2F;x+ü~");
    private static final ReadQuery QUERY =
            new ReadQuery(Objects.requireNonNull(Receipts.parse("0-17,3-55")), true, Duration.ofMillis(1_500), null);

    static Stream<HistoryRange> ranges() {
        return Stream.of(
                new HistoryRange(Step.HOUR, 490_000, 490_024),
                new HistoryRange(Step.MINUTE, -1, 0),
                new HistoryRange(Step.DAY, Long.MIN_VALUE, Long.MIN_VALUE + HistoryRange.BUCKETS_MAX),
                new HistoryRange(Step.DAY, Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }

    static Stream<PageQuery> pages() {
        return Stream.of(
                PageQuery.byName("shop", "", null, 1),
                PageQuery.byName("shop", "a b+&=%~#/ü", "a b+&=%~#/ü😀", PageQuery.LIMIT_MAX),
                PageQuery.byName("shop", "", "", 100),
                PageQuery.byName("shop-1.eu", "x".repeat(200), "y".repeat(200), 10),
                PageQuery.byTotal("shop", 10));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void shouldReadBackEveryRange(HistoryRange range) {
        // when
        URI target = URI.create(ReadProtocol.LIVE.history(COUNTER, range).target(QUERY));

        // then
        assertThat(target.getRawPath())
                .isEqualTo("/internal/v1/live/counters/shop-1.eu/a%2Fb%20%252F%3Bx%2B%C3%BC~/history");
        Map<String, String> parameters = parameters(target, ReadProtocol.RANGE_PARAMETERS);
        assertThat(ReadProtocol.parseRange(parameters::get)).isEqualTo(range);
        assertThat(ReadProtocol.parseQuery(parameters::get)).isEqualTo(QUERY);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldReadBackEveryPage(PageQuery page) {
        // when
        URI target = URI.create(ReadProtocol.LIVE.page(11, page).target(QUERY));

        // then
        assertThat(target.getRawPath()).isEqualTo("/internal/v1/live/partitions/11/counters/" + page.namespace());
        Map<String, String> parameters = parameters(target, ReadProtocol.PAGE_PARAMETERS);
        assertThat(ReadProtocol.parsePage(page.namespace(), parameters::get)).isEqualTo(page);
        assertThat(ReadProtocol.parseQuery(parameters::get)).isEqualTo(QUERY);
    }

    @Test
    void shouldReadBackTheQueryOfAnExplanation() {
        // when
        URI target = URI.create(ReadProtocol.LIVE.explanation(COUNTER).target(QUERY));

        // then
        assertThat(target.getRawPath()).endsWith("/a%2Fb%20%252F%3Bx%2B%C3%BC~/explain");
        assertThat(ReadProtocol.parseQuery(parameters(target, List.of())::get)).isEqualTo(QUERY);
        assertThat(ReadProtocol.LIVE.explanation(CounterName.of("a", "b")).target(ReadQuery.NOW))
                .isEqualTo("/internal/v1/live/counters/a/b/explain");
    }

    @ParameterizedTest
    @CsvSource({
        "step,",
        "from,",
        "to,",
        "step,week",
        "step,HOUR",
        "step,''",
        "from,x",
        "from,1.5",
        "from,9223372036854775808",
        "to,0",
        "to,10001",
        "to,-9223372036854775808",
        "from,-9223372036854775808",
        "to,9223372036854775807"
    })
    void shouldRefuseARangeThatIsNotOfTheProtocol(String name, String value) {
        // given
        Map<String, String> parameters = new HashMap<>(Map.of("step", "hour", "from", "0", "to", "24"));

        // when
        parameters.put(name, value);

        // then
        assertThatThrownBy(() -> ReadProtocol.parseRange(parameters::get)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "order,",
        "limit,",
        "order,Name",
        "order,''",
        "limit,0",
        "limit,-1",
        "limit,1001",
        "limit,x",
        "limit,99999999999",
        "prefix,'\u0001'",
        "beyond,'\u0085'",
        "order,total"
    })
    void shouldRefuseAPageThatIsNotOfTheProtocol(String name, String value) {
        // given: a prefix, which cannot be combined with the order by total
        Map<String, String> parameters = new HashMap<>(Map.of("order", "name", "limit", "100", "prefix", "a"));

        // when
        parameters.put(name, value);

        // then
        assertThatThrownBy(() -> ReadProtocol.parsePage("shop", parameters::get))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadProtocol.parsePage("Shop", Map.of("order", "name", "limit", "1")::get))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTellWhichPagesAnswerAQuery() {
        PageQuery byName = PageQuery.byName("shop", "b", "b1", 3);
        assertFits(byName, null, "b2", "bÿ", "b\uFFFD");
        assertFits(byName, "b\uD83D\uDE00", "b2", "b\uFFFD", "b\uD83D\uDE00");
        assertFits(byName, "b9", "b2");
        assertFits(byName, "b2");
        assertFits(byName, null);
        assertDoesNotFit(byName, null, "b2", "b3", "b4", "b5");
        assertDoesNotFit(byName, null, "b3", "b2");
        assertDoesNotFit(byName, null, "b2", "b2");
        assertDoesNotFit(byName, null, "b2", "c");
        assertDoesNotFit(byName, null, "b1");
        assertDoesNotFit(byName, null, "b2\u0001");
        assertDoesNotFit(byName, "b2", "b3");
        assertDoesNotFit(byName, "b1");
        assertDoesNotFit(byName, "c");
    }

    @Test
    void shouldTellWhichPagesAreOfTheLargest() {
        PageQuery byTotal = PageQuery.byTotal("shop", 3);
        assertThat(byTotal.fits(new CounterPage(List.of(entry("b", 9), entry("a", 5), entry("c", 5)), null)))
                .isTrue();
        assertThat(byTotal.fits(new CounterPage(List.of(entry("b", 9), entry("c", 5), entry("a", 5)), null)))
                .isFalse();
        assertThat(byTotal.fits(new CounterPage(List.of(entry("b", 4), entry("c", 5)), null)))
                .isFalse();
        assertThat(byTotal.fits(new CounterPage(List.of(entry("b", 9)), "b"))).isFalse();
    }

    private static void assertFits(PageQuery query, String upTo, String... names) {
        assertThat(query.fits(page(upTo, names))).isTrue();
    }

    private static void assertDoesNotFit(PageQuery query, String upTo, String... names) {
        assertThat(query.fits(page(upTo, names))).isFalse();
    }

    private static CounterPage page(String upTo, String... names) {
        return new CounterPage(Stream.of(names).map(name -> entry(name, 1)).toList(), upTo);
    }

    private static CounterPage.Entry entry(String name, long total) {
        return new CounterPage.Entry(name, total, Instant.EPOCH);
    }

    /** The parameters of the target. Fails if one of them is unknown. */
    private static Map<String, String> parameters(URI target, List<String> known) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : target.getRawQuery().split("&")) {
            String[] pair = each.split("=", 2);
            parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        assertThat(parameters.keySet())
                .allMatch(name -> known.contains(name) || ReadProtocol.PARAMETERS.contains(name));
        return parameters;
    }
}
