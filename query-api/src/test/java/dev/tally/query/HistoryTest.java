package dev.tally.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Step;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /v1/counters/{namespace}/{counter}/history} over real HTTP. */
class HistoryTest {
    private static final String HISTORY = "/v1/counters/demo/hello/history";
    private static final String AS_OF =
            "\"asOf\":{\"receipt\":\"7-17\",\"time\":\"2026-11-24T10:15:30.120Z\",\"lag\":2,"
                    + "\"role\":\"active\",\"checkedAt\":\"2026-11-24T10:15:30.125Z\"}";
    private static final BigInteger BEYOND_64_BITS = BigInteger.TWO.pow(70).negate();

    private final ScriptedService service = new ScriptedService();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldAnswerEveryBucketOfTheRange() throws Exception {
        // given
        keeps(0L, bucket(Step.HOUR, "2026-11-24T08:00:00Z", 5), bucket(Step.HOUR, "2026-11-24T10:00:00Z", -1));

        // when
        HttpResponse<String> response =
                service.get(HISTORY + "?step=hour&from=2026-11-24T08:00:00Z&to=2026-11-24T11:00:00Z");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"step\":\"hour\",\"from\":\"2026-11-24T08:00:00.000Z\",\"to\":\"2026-11-24T11:00:00.000Z\","
                                + "\"buckets\":[{\"start\":\"2026-11-24T08:00:00.000Z\",\"delta\":5},"
                                + "{\"start\":\"2026-11-24T09:00:00.000Z\",\"delta\":0},"
                                + "{\"start\":\"2026-11-24T10:00:00.000Z\",\"delta\":-1}]," + AS_OF + "}");
        assertThat(response.headers().firstValue("Tally-Receipt")).hasValue("7-17");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                    | hour   | 2026-11-23T11:00:00.000Z | 2026-11-24T11:00:00.000Z
            step=hour                                             | hour   | 2026-11-23T11:00:00.000Z | 2026-11-24T11:00:00.000Z
            step=minute                                           | minute | 2026-11-24T09:16:00.000Z | 2026-11-24T10:16:00.000Z
            step=day                                              | day    | 2026-10-26T00:00:00.000Z | 2026-11-25T00:00:00.000Z
            step=day&to=2026-11-24T00:00:00Z                      | day    | 2026-10-25T00:00:00.000Z | 2026-11-24T00:00:00.000Z
            step=day&to=2026-11-24T00:00:00.001Z                  | day    | 2026-10-26T00:00:00.000Z | 2026-11-25T00:00:00.000Z
            from=2026-11-24T10:59:59.999Z                         | hour   | 2026-11-24T10:00:00.000Z | 2026-11-24T11:00:00.000Z
            from=2026-11-24T10:01:00Z&to=2026-11-24T10:02:00Z     | hour   | 2026-11-24T10:00:00.000Z | 2026-11-24T11:00:00.000Z
            from=2026-11-24T10:30:00+05:30&to=2026-11-24t06:00:00z | hour | 2026-11-24T05:00:00.000Z | 2026-11-24T06:00:00.000Z
            step=day&from=2026-11-24T23:30:00-01:00&to=2026-11-26T00:00:00Z | day | 2026-11-25T00:00:00.000Z | 2026-11-26T00:00:00.000Z
            step=day&from=9999-12-30T00:00:00Z&to=9999-12-31T00:00:00Z | day | 9999-12-30T00:00:00.000Z | 9999-12-31T00:00:00.000Z
            step=day&to=0000-01-02T00:00:00Z                      | day    | 0000-01-01T00:00:00.000Z | 0000-01-02T00:00:00.000Z
            step=minute&from=0000-01-01T00:00:00Z&to=0000-01-01T00:01:00Z | minute | 0000-01-01T00:00:00.000Z | 0000-01-01T00:01:00.000Z
            """)
    void shouldAskForWholeBuckets(String query, String step, String from, String to) throws Exception {
        // given
        keeps(Long.MIN_VALUE);

        // when
        HttpResponse<String> response = service.get(HISTORY + "?" + query);

        // then
        assertThat(response.body())
                .startsWith("{\"step\":\"" + step + "\",\"from\":\"" + from + "\",\"to\":\"" + to
                        + "\",\"buckets\":[{\"start\":\"" + from + "\",\"delta\":0}");
        Step asked = Objects.requireNonNull(Step.ofWord(step));
        assertThat(service.state.ranges)
                .containsExactly(new HistoryRange(asked, number(asked, from), number(asked, to)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            step=week     | step: \\"week\\" (expected: minute, hour or day)
            step=         | step: \\"\\" (expected: minute, hour or day)
            step=Hour     | step: \\"Hour\\" (expected: minute, hour or day)
            from=now      | from: \\"now\\" (expected: an RFC 3339 time such as
            from=         | from: \\"\\" (expected: an RFC 3339 time such as
            to=2026-11-24 | to: \\"2026-11-24\\" (expected: an RFC 3339 time such as
            to=2026-11-24T10:00:00 | to: \\"2026-11-24T10:00:00\\" (expected: an RFC 3339 time such as
            to=1764000000 | to: \\"1764000000\\" (expected: an RFC 3339 time such as
            to=2026-02-29T00:00:00Z | to: \\"2026-02-29T00:00:00Z\\" (expected: an RFC 3339 time such as
            from=2026-11-24T10:00:00%2001:00 | from: \\"2026-11-24T10:00:00 01:00\\" (expected
            from=2026-11-24T08:00:00Z&to=2026-11-24T08:00:00Z | from: \\"2026-11-24T08:00:00Z\\" (expected: before to, 2026-11-24T08:00:00.000Z)
            from=2026-11-24T08:10:00Z&to=2026-11-24T08:05:00Z | from: \\"2026-11-24T08:10:00Z\\" (expected: before to, 2026-11-24T08:05:00.000Z)
            from=2026-11-24T11:00:00Z | from: \\"2026-11-24T11:00:00Z\\" (expected: before to, 2026-11-24T11:00:00.000Z)
            step=minute&from=2026-11-17T11:35:59Z | from: \\"2026-11-17T11:35:59Z\\" (expected: at most 10000 buckets of one minute before to, 2026-11-24T10:16:00.000Z)
            from=0000-01-01T00:00:00Z&to=9999-12-31T00:00:00Z | (expected: at most 10000 buckets of one hour before to, 9999-12-31T00:00:00.000Z)
            to=9999-12-31T23:00:00.001Z | to: \\"9999-12-31T23:00:00.001Z\\" (expected: a time whose bucket lies in the years 0000 to 9999, UTC)
            to=9999-12-31T23:59:59.999-23:59 | (expected: a time whose bucket lies in the years 0000 to 9999, UTC)
            to=0000-01-01T00:00:00Z | (expected: a time whose bucket lies in the years 0000 to 9999, UTC)
            from=0000-01-01T00:00:00%2B00:01&to=0000-01-01T01:00:00Z | from: \\"0000-01-01T00:00:00+00:01\\" (expected: a time whose bucket lies in
            from=2026-11-24T08:00:00Z&from=2026-11-24T08:00:00Z | from: given twice
            limit=1       | limit: unknown parameter (expected: step, from, to, after, wait, committed, numbers)
            numbers=1     | numbers: \\"1\\" (expected: string)
            """)
    void shouldRefuseWhatIsNoRange(String query, String detail) throws Exception {
        // when
        HttpResponse<String> response = service.get(HISTORY + "?" + query);

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"invalid_parameter\"").contains(detail);
        assertThat(service.state.ranges).isEmpty();
    }

    @Test
    void shouldRefuseATimeFromWhichBucketsAreNotKept() throws Exception {
        // given
        keeps(number(Step.HOUR, "2026-11-24T08:00:00Z"));

        // when
        HttpResponse<String> before = service.get(HISTORY + "?from=2026-11-24T07:59:59Z");
        HttpResponse<String> within = service.get(HISTORY + "?from=2026-11-24T08:30:00Z");

        // then
        assertThat(before.statusCode()).isEqualTo(400);
        assertThat(before.body())
                .contains("from: \\\"2026-11-24T07:59:59Z\\\" (expected: 2026-11-24T08:00:00.000Z or later: "
                        + "buckets of one hour are kept from that time on)");
        assertThat(within.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeginWithTheFirstBucketThatIsKeptWhenFromIsNotGiven() throws Exception {
        // given
        keeps(number(Step.HOUR, "2026-11-24T08:00:00Z"), bucket(Step.HOUR, "2026-11-24T08:00:00Z", 3));

        // when, then
        assertThat(service.get(HISTORY).body())
                .startsWith(
                        "{\"step\":\"hour\",\"from\":\"2026-11-24T08:00:00.000Z\","
                                + "\"to\":\"2026-11-24T11:00:00.000Z\",\"buckets\":[{\"start\":\"2026-11-24T08:00:00.000Z\",\"delta\":3}");
        HttpResponse<String> tooEarly = service.get(HISTORY + "?to=2026-11-24T08:00:00Z");
        assertThat(tooEarly.statusCode()).isEqualTo(400);
        assertThat(tooEarly.body())
                .contains("to: \\\"2026-11-24T08:00:00.000Z\\\" (expected: after 2026-11-24T08:00:00.000Z: ");
    }

    @Test
    void shouldRefuseAStepOfWhichNothingIsKept() throws Exception {
        // given
        keeps(null);

        // when
        HttpResponse<String> response = service.get(HISTORY + "?step=minute");

        // then
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("step: \\\"minute\\\" (expected: a step whose retention is not 0s)");
    }

    @Test
    void shouldWriteDeltasOfAnySizeAndAsStringsWhenAsked() throws Exception {
        // given
        keeps(0L, new History.Bucket(number(Step.HOUR, "2026-11-24T10:00:00Z"), BEYOND_64_BITS));

        // when, then
        assertThat(service.get(HISTORY + "?from=2026-11-24T10:00:00Z").body())
                .contains("\"delta\":-1180591620717411303424}");
        assertThat(service.get(HISTORY + "?from=2026-11-24T09:00:00Z&numbers=string")
                        .body())
                .contains("\"delta\":\"0\"}", "\"delta\":\"-1180591620717411303424\"}");
    }

    @Test
    void shouldAnswerTenThousandBuckets() throws Exception {
        // given
        List<History.Bucket> buckets = new ArrayList<>();
        long last = number(Step.MINUTE, "2026-11-24T10:15:00Z");
        for (long number = last - 9_999; number <= last; number++) {
            buckets.add(new History.Bucket(number, BEYOND_64_BITS));
        }
        service.state.history = ScriptedReader.given(new History(0L, buckets), 7);

        // when
        HttpResponse<String> response = service.get(HISTORY + "?step=minute&from=2026-11-17T11:36:00Z");

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().split("\"start\"", -1)).hasSize(10_001);
    }

    @Test
    void shouldWaitForWhatIsAskedFor() throws Exception {
        // given
        keeps(0L);

        // when
        service.get(HISTORY + "?after=7-16&wait=1s&committed=true");
        service.get(HISTORY, "Tally-Receipt", "7-16");
        service.get(HISTORY);

        // then
        Receipts after = Objects.requireNonNull(Receipts.parse("7-16"));
        assertThat(service.state.queries)
                .containsExactly(
                        new ReadQuery(after, true, Duration.ofSeconds(1), null),
                        new ReadQuery(after, false, Duration.ofSeconds(2), null),
                        ReadQuery.NOW);
    }

    @ParameterizedTest
    @CsvSource({"NOT_YET,503,not_yet_counted", "AHEAD,400,receipt_ahead", "NO_SUCH_PARTITION,400,invalid_receipt"})
    void shouldSayWhatWasNotReached(ReadResult.Why why, int status, String code) throws Exception {
        // given
        service.state.history = ScriptedReader.missing(new ReadResult.NotReached<>(why, "it did not come"));

        // when
        HttpResponse<String> response = service.get(HISTORY + "?after=7-18");

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"", "it did not come");
    }

    @Test
    void shouldTellUnknownNotReadyAndBrokenApart() throws Exception {
        service.state.history = ScriptedReader.missing(new ReadResult.Unknown<>(FakeStreams.asOf(7)));
        HttpResponse<String> unknown = service.get(HISTORY);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"code\":\"unknown_counter\"").endsWith("," + AS_OF + "}");
        assertThat(unknown.headers().firstValue("Tally-Receipt")).hasValue("7-17");

        service.state.history = ScriptedReader.missing(new ReadResult.NotReady<>("restoring"));
        assertThat(service.get(HISTORY).body()).contains("\"code\":\"not_ready\"", "restoring");

        service.state.history = CompletableFuture.failedFuture(new IllegalStateException("secret"));
        assertThat(service.get(HISTORY).body())
                .contains("\"code\":\"internal\"")
                .doesNotContain("secret");

        keeps(0L, bucket(Step.HOUR, "2026-11-24T11:00:00Z", 1));
        assertThat(service.get(HISTORY).body()).contains("\"code\":\"internal\"");
        assertThat(service.get("/metrics").body())
                .contains("tally_query_reads_total{outcome=\"unknown\"} 1.0")
                .contains("tally_query_reads_total{outcome=\"not_ready\"} 1.0");
    }

    @Test
    void shouldRefuseOneHistoryTooManyAndGoOnWhenThereIsRoom() throws Exception {
        // given: the maximum number of buckets in flight
        CompletableFuture<ReadResult<History>> later = new CompletableFuture<>();
        service.state.history = later;
        String long10000 = HISTORY + "?step=minute&from=2026-11-17T11:36:00Z";
        List<CompletableFuture<HttpResponse<String>>> histories = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            histories.add(service.getAsync(long10000));
        }
        Awaitility.await().until(() -> service.state.ranges.size() == 10);

        // when
        HttpResponse<String> refused = service.get(HISTORY);

        // then
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        later.complete(new ReadResult.Found<>(new History(0L, List.of()), FakeStreams.asOf(7)));
        for (CompletableFuture<HttpResponse<String>> history : histories) {
            assertThat(history.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        Awaitility.await().until(() -> service.get(long10000).statusCode() == 200);
    }

    private void keeps(Long earliest, History.Bucket... buckets) {
        service.state.history = ScriptedReader.given(new History(earliest, List.of(buckets)), 7);
    }

    private static History.Bucket bucket(Step step, String start, long delta) {
        return new History.Bucket(number(step, start), BigInteger.valueOf(delta));
    }

    private static long number(Step step, String time) {
        return step.bucket(Instant.parse(time).toEpochMilli());
    }
}
