package dev.tally.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Total;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadProtocolTest {
    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.123Z");
    private static final String AS_OF =
            "{\"partition\":3,\"offset\":17,\"time\":5,\"lag\":0,\"role\":\"active\",\"checkedAt\":6}";
    private static final String FIRST = "{\"partition\":3,\"offset\":16,\"operation\":\"add\",\"value\":1}";

    static Stream<ReadResult<Total>> results() {
        AsOf active = new AsOf(new Receipt(3, 17), TIME, 0L, AsOf.Role.ACTIVE, TIME.plusMillis(7));
        AsOf standby =
                new AsOf(new Receipt(Integer.MAX_VALUE, Long.MAX_VALUE), TIME, 12L, AsOf.Role.STANDBY, Instant.EPOCH);
        AsOf empty = new AsOf(null, null, null, AsOf.Role.ACTIVE, TIME);
        return Stream.of(
                new ReadResult.Found<>(new Total(0, TIME), active),
                new ReadResult.Found<>(new Total(Long.MIN_VALUE, Instant.EPOCH), standby),
                new ReadResult.Found<>(new Total(Long.MAX_VALUE, TIME), active),
                new ReadResult.Unknown<>(active),
                new ReadResult.Unknown<>(empty),
                new ReadResult.Found<>(new Total(7, TIME), active, EventOutcome.APPLIED),
                new ReadResult.Found<>(new Total(7, TIME), active, EventOutcome.DUPLICATE),
                new ReadResult.Found<>(new Total(7, TIME), active, EventOutcome.OVERFLOW),
                new ReadResult.Unknown<>(active, EventOutcome.FORGOTTEN),
                new ReadResult.Found<>(
                        new Total(7, TIME), active, EventOutcome.ID_REUSED, first(Operation.ADD, Long.MIN_VALUE)),
                new ReadResult.Found<>(new Total(7, TIME), active, EventOutcome.ID_REUSED, first(Operation.SET, 1)),
                new ReadResult.Unknown<>(active, EventOutcome.ID_REUSED, first(Operation.DELETE, 0)),
                new ReadResult.NotReached<>(ReadResult.Why.NOT_YET, "3-18 is not counted yet"),
                new ReadResult.NotReached<>(ReadResult.Why.AHEAD, ""),
                new ReadResult.NotReached<>(ReadResult.Why.NO_SUCH_PARTITION, "12"),
                new ReadResult.Elsewhere<>("host-7.internal:8082"),
                new ReadResult.Elsewhere<>(null),
                new ReadResult.NotReady<>("restoring \"3\" \n ü \u0000"));
    }

    private static AppliedEvent first(Operation operation, long value) {
        return new AppliedEvent(new Receipt(3, 16), new EventContent(operation, value));
    }

    @ParameterizedTest
    @MethodSource("results")
    void shouldReadBackEveryResult(ReadResult<Total> result) throws MalformedAnswerException {
        // when
        byte[] json = ResultFormat.TOTAL.write(result);

        // then
        assertThat(ResultFormat.TOTAL.parse(json)).isEqualTo(result);
        assertThat(json.length).isLessThan(ResultFormat.TOTAL_BYTES_MAX);
    }

    @ParameterizedTest
    @MethodSource("results")
    void shouldRefuseEveryResultThatIsCutAnywhere(ReadResult<Total> result) {
        // given
        byte[] json = ResultFormat.TOTAL.write(result);

        for (int length = 0; length < json.length; length++) {
            // when, then
            byte[] cut = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> ResultFormat.TOTAL.parse(cut)).isInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void shouldWriteWhatItsDocumentationSays() {
        // given
        AsOf asOf =
                new AsOf(new Receipt(3, 17), Instant.ofEpochMilli(5), 0L, AsOf.Role.ACTIVE, Instant.ofEpochMilli(6));

        // when
        byte[] json = ResultFormat.TOTAL.write(new ReadResult.Found<>(new Total(42, Instant.ofEpochMilli(4)), asOf));

        // then
        assertThat(json)
                .asString()
                .isEqualTo("{\"status\":\"found\",\"total\":42,\"updatedAt\":4,\"asOf\":" + AS_OF + "}");

        // when
        json = ResultFormat.TOTAL.write(
                new ReadResult.Unknown<>(asOf, EventOutcome.ID_REUSED, first(Operation.ADD, 1)));

        // then
        assertThat(json)
                .asString()
                .isEqualTo("{\"status\":\"unknown\",\"asOf\":" + AS_OF + ",\"fate\":\"id_reused\",\"first\":" + FIRST
                        + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "42",
                "{}",
                "{\"status\":null}",
                "{\"status\":\"lost\"}",
                "{\"status\":\"found\"}",
                "{\"status\":\"found\",\"total\":1,\"updatedAt\":1}",
                "{\"status\":\"found\",\"total\":\"1\",\"updatedAt\":1,\"asOf\":" + AS_OF + "}",
                "{\"status\":\"found\",\"total\":1.0,\"updatedAt\":1,\"asOf\":" + AS_OF + "}",
                "{\"status\":\"found\",\"total\":9223372036854775808,\"updatedAt\":1,\"asOf\":" + AS_OF + "}",
                "{\"status\":\"found\",\"total\":1,\"total\":2,\"updatedAt\":1,\"asOf\":" + AS_OF + "}",
                "{\"status\":\"found\",\"total\":1,\"updatedAt\":1,\"asOf\":" + AS_OF + ",\"owner\":null}",
                "{\"status\":\"found\",\"total\":1,\"updatedAt\":1,\"asOf\":" + AS_OF + "}{}",
                "{\"status\":\"unknown\",\"asOf\":null}",
                "{\"status\":\"unknown\",\"asOf\":{}}",
                "{\"status\":\"unknown\",\"asOf\":" + AS_OF + ",\"total\":0}",
                "{\"status\":\"unknown\",\"asOf\":{\"partition\":null,\"offset\":17,\"time\":5,\"lag\":0,\"role\":\"active\",\"checkedAt\":6}}",
                "{\"status\":\"unknown\",\"asOf\":{\"partition\":\"x\",\"offset\":null,\"time\":null,\"lag\":0,\"role\":\"active\",\"checkedAt\":6}}",
                "{\"status\":\"unknown\",\"asOf\":{\"partition\":1,\"offset\":1,\"time\":1,\"lag\":0,\"role\":\"leader\",\"checkedAt\":6}}",
                "{\"status\":\"elsewhere\"}",
                "{\"status\":\"elsewhere\",\"owner\":7}",
                "{\"status\":\"found\",\"total\":1,\"updatedAt\":1,\"asOf\":" + AS_OF + ",\"fate\":null}",
                "{\"status\":\"found\",\"total\":1,\"updatedAt\":1,\"asOf\":" + AS_OF + ",\"fate\":\"Applied\"}",
                "{\"status\":\"unknown\",\"asOf\":" + AS_OF + ",\"fate\":\"id_reused\"}",
                "{\"status\":\"unknown\",\"asOf\":" + AS_OF + ",\"first\":" + FIRST + "}",
                "{\"status\":\"unknown\",\"asOf\":" + AS_OF + ",\"fate\":\"duplicate\",\"first\":" + FIRST + "}",
                "{\"status\":\"unknown\",\"asOf\":" + AS_OF + ",\"fate\":\"id_reused\",\"first\":null}",
                "{\"status\":\"unknown\",\"asOf\":" + AS_OF + ",\"fate\":\"id_reused\",\"first\":{}}",
                "{\"status\":\"unknown\",\"asOf\":" + AS_OF
                        + ",\"fate\":\"id_reused\",\"first\":{\"partition\":3,\"offset\":16,\"operation\":\"unknown\",\"value\":1}}",
                "{\"status\":\"not_reached\",\"reason\":\"x\"}",
                "{\"status\":\"not_reached\",\"why\":\"later\",\"reason\":\"x\"}",
                "{\"status\":\"not_ready\",\"reason\":\"x\",\"fate\":\"applied\"}",
                "{\"status\":\"not_ready\"}",
                "{\"status\":\"not_ready\",\"reason\":\"x\",\"more\":1}",
                "{\"status\":\"not_ready\",\"reason\":\"x\"} x",
            })
    void shouldRefuseWhatIsNotOfTheProtocol(String json) {
        assertThatThrownBy(() -> ResultFormat.TOTAL.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void shouldRefuseBrokenUtf8() {
        // given
        byte[] json = "{\"status\":\"not_ready\",\"reason\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);

        // when, then
        assertThatThrownBy(() -> ResultFormat.TOTAL.parse(json)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void shouldReadBackOwnership() throws MalformedAnswerException {
        // given
        Ownership ownership = new Ownership(
                "g1",
                12,
                List.of(new Ownership.Owner("a:8082", List.of(0, 1, 11)), new Ownership.Owner("b:1", List.of())));

        // when
        byte[] json = ReadProtocol.write(ownership);

        // then
        assertThat(json)
                .asString()
                .isEqualTo(
                        "{\"generation\":\"g1\",\"partitions\":12,\"owners\":["
                                + "{\"endpoint\":\"a:8082\",\"partitions\":[0,1,11]},{\"endpoint\":\"b:1\",\"partitions\":[]}]}");
        assertThat(ReadProtocol.parseOwnership(json)).isEqualTo(ownership);
        assertThat(ownership.ownerOf(11)).isEqualTo("a:8082");
        assertThat(ownership.ownerOf(2)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"generation\":\"g1\",\"partitions\":0,\"owners\":[]}",
                "{\"generation\":\"g1\",\"partitions\":1}",
                "{\"generation\":\"g1\",\"partitions\":1,\"owners\":null}",
                "{\"generation\":\"g1\",\"partitions\":1,\"owners\":[1]}",
                "{\"generation\":\"g1\",\"partitions\":1,\"owners\":[{\"endpoint\":\"a:1\"}]}",
                "{\"generation\":\"g1\",\"partitions\":1,\"owners\":[{\"endpoint\":\"a:1\",\"partitions\":[1]}]}",
                "{\"generation\":\"g1\",\"partitions\":1,\"owners\":[{\"endpoint\":\"a:1\",\"partitions\":[0,-1]}]}",
                "{\"generation\":\"g1\",\"partitions\":1,\"owners\":[],\"x\":1}",
                "{\"generation\":\"g1\",\"partitions\":4294967297,\"owners\":[]}",
            })
    void shouldRefuseInvalidOwnership(String json) {
        assertThatThrownBy(() -> ReadProtocol.parseOwnership(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void shouldEscapeACounterInATarget() {
        // given
        CounterName counter = CounterName.of("shop-1.eu", "a/b %2F;x+ü~");

        // when, then
        assertThat(ReadProtocol.LIVE.total(counter).target(ReadQuery.NOW))
                .isEqualTo("/internal/v1/live/counters/shop-1.eu/a%2Fb%20%252F%3Bx%2B%C3%BC~");
    }

    @Test
    void shouldReadBackTheCountersOfATargetForTotals() {
        // given
        List<CounterName> counters = List.of(
                CounterName.of("shop-1.eu", "a/b %2F;x+ü~"), CounterName.of("b", ","), CounterName.of("b", "&of="));

        // when
        String query = URI.create(ReadProtocol.LIVE.totalsTarget(
                        counters.stream().map(ReadProtocol::totalsName).toList()))
                .getRawQuery();

        // then
        assertThat(query).startsWith(ReadProtocol.TOTALS_PARAMETER + "=");
        assertThat(ReadProtocol.parseTotalsNames(
                        URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8)))
                .isEqualTo(counters);
    }

    @Test
    void shouldRefuseInvalidNamesOfTotals() {
        List<String> many = Collections.nCopies(ReadProtocol.TOTALS_MAX, "a/b");
        assertThat(ReadProtocol.parseTotalsNames(String.join("\n", many))).hasSize(ReadProtocol.TOTALS_MAX);
        for (String names :
                new String[] {null, "", "a", "a/b\n", "\na/b", "a/b\n\na/c", "A/b", String.join("\n", many) + "\na/b"
                }) {
            assertThatThrownBy(() -> ReadProtocol.parseTotalsNames(names))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 128 names");
        }
    }

    @Test
    void shouldReadBackTotals() throws Exception {
        // given
        List<ReadResult<Total>> results =
                Arrays.asList(new ReadResult.Elsewhere<>("a:1"), null, new ReadResult.NotReady<>("x"));

        // when, then
        byte[] json = ReadProtocol.writeTotals(results);
        assertThat(ReadProtocol.parseTotals(json, 3)).isEqualTo(results);
        assertThatThrownBy(() -> ReadProtocol.parseTotals(json, 2)).isInstanceOf(MalformedAnswerException.class);
        for (String other : List.of("{}", "{\"results\":[1,2,3]}", "{\"results\":[null,null,null],\"x\":1}", "[]")) {
            assertThatThrownBy(() -> ReadProtocol.parseTotals(other.getBytes(StandardCharsets.UTF_8), 3))
                    .isInstanceOf(MalformedAnswerException.class);
        }
    }

    static Stream<ReadQuery> queries() {
        Receipts after = Objects.requireNonNull(Receipts.parse("0-17,3-55"));
        return Stream.of(
                ReadQuery.NOW,
                new ReadQuery(after, true, Duration.ofMillis(1500), null),
                new ReadQuery(Receipts.NONE, true, ReadQuery.WAIT_MAX, null),
                ReadQuery.outcomeOf(
                        new Receipt(3, 55), new EventContent(Operation.DELETE, 0), null, Duration.ofSeconds(2)),
                ReadQuery.outcomeOf(
                        new Receipt(3, 55),
                        new EventContent(Operation.SET, Long.MIN_VALUE),
                        "a b+&=%~#",
                        Duration.ZERO));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void shouldReadBackEveryQuery(ReadQuery query) {
        // when
        URI target =
                URI.create(ReadProtocol.LIVE.total(CounterName.of("a", "b")).target(query));
        Map<String, String> parameters = new HashMap<>();
        if (target.getRawQuery() != null) {
            for (String each : target.getRawQuery().split("&")) {
                String[] pair = each.split("=", 2);
                parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }

        // then
        assertThat(ReadProtocol.PARAMETERS).containsAll(parameters.keySet());
        assertThat(ReadProtocol.parseQuery(parameters::get)).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource({"unknown,1", "Add,1", "'',1", "add,x", "add,9223372036854775808", "add,''"})
    void shouldRefuseAnEventWithInvalidContent(String operation, String value) {
        Map<String, String> parameters = Map.of("event", "0-1", "operation", operation, "value", value);
        assertThatThrownBy(() -> ReadProtocol.parseQuery(parameters::get)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "after,x",
        "after,''",
        "committed,yes",
        "wait,-1",
        "wait,30001",
        "wait,2s",
        "event,'0-1,1-2'",
        "event,0-1",
        "id,x",
        "operation,add",
        "value,1"
    })
    void shouldRefuseAQueryThatIsNotOfTheProtocol(String name, String value) {
        assertThatThrownBy(() -> ReadProtocol.parseQuery(each -> each.equals(name) ? value : null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
