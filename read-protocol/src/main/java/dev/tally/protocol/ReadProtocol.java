package dev.tally.protocol;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The read protocol between the services over HTTP: query-api sends requests, counter-streams answers. Both use this class.
 * Every answer is 200 with a JSON object; any other status is not part of this protocol. The paths contain {@code live}: an
 * instance answers from the generation that is live there. While the live generation changes, both generations stay at the same
 * event of each partition until every instance has changed.
 *
 * <p>{@code X-Request-Id} carries the ID of the client's request, so that the logs of all processes contain it.
 *
 * <p>{@code GET /internal/v1/live/counters/{namespace}/{counter}} answers one of
 *
 * <pre>{@code
 * {"status":"found","total":42,"updatedAt":1764000000000,"asOf":{…}}
 * {"status":"unknown","asOf":{…}}
 * {"status":"elsewhere","owner":"host:port"}       owner may be null
 * {"status":"not_ready","reason":"…"}
 * {"status":"not_reached","why":"not_yet","reason":"…"}       or ahead, no_such_partition
 * }</pre>
 *
 * <p>with {@code asOf} {@code {"partition":3,"offset":17,"time":1764000000000,"lag":0,"role":"active","checkedAt":1764000000000}},
 * in which partition, offset and time are null together, and lag may be. Times are milliseconds since 1970, UTC. The
 * query states the conditions of the read, as {@link ReadQuery} does: {@code after=0-17,3-55}, {@code committed=true},
 * {@code wait=2000} (milliseconds) and {@code event=3-55&operation=add&value=5}, optionally with {@code id=…}. If the
 * query names an event, found and unknown have {@code "fate":"applied"}, {@code duplicate}, {@code overflow},
 * {@code forgotten} or {@code id_reused}, the last with the event that first applied the id,
 * {@code "first":{"partition":3,"offset":17,"operation":"add","value":1}}.
 *
 * <p>{@code GET …/counters/{namespace}/{counter}/history} takes a {@link HistoryRange}, {@code step=hour&from=490000&to=490024},
 * {@code GET …/explain} nothing, and {@code GET /internal/v1/live/partitions/{partition}/counters/{namespace}} a
 * {@link PageQuery}, {@code order=name&limit=100}, optionally with {@code prefix} and {@code beyond}. All three take a
 * {@link ReadQuery} too. Each answers {@code {"given":…,"asOf":{…}}}, with the value in the format that {@link ValueJson} documents, or
 * {@code {"missing":{…}}}, which holds one of the above.
 *
 * <p>{@code GET /internal/v1/live/totals?of=…} reads the current totals of many counters. Their names are written as in a path,
 * separated by a line break. It answers {@code {"results":[…]}}: for each counter, in their order, one of the above, or
 * {@code null} if the instance does not have it in memory; such a counter has to be requested separately.
 *
 * <p>{@code GET /internal/v1/live/ownership} answers
 * {@code {"generation":"g1","partitions":12,"owners":[{"endpoint":"host:port","partitions":[0,1]}]}}.
 *
 * <p>Immutable.
 */
public final class ReadProtocol {
    /** The protocol of the generation that is live at the instance that is asked. */
    public static final ReadProtocol LIVE = new ReadProtocol("");

    /** The query parameter that names the counters of a request for many totals. */
    public static final String TOTALS_PARAMETER = "of";

    /** The names of all query parameters of a read. */
    public static final List<String> PARAMETERS = ReadQueryText.PARAMETERS;
    /** The names of the additional query parameters of a history. */
    public static final List<String> RANGE_PARAMETERS = PageQueryText.RANGE_PARAMETERS;
    /** The names of the additional query parameters of a page. */
    public static final List<String> PAGE_PARAMETERS = PageQueryText.PAGE_PARAMETERS;

    /** The maximum number of counters in one request for many totals. */
    public static final int TOTALS_MAX = 128;
    /** The maximum length of all their names together, as {@link #totalsName} writes them, in characters. */
    public static final int TOTALS_CHARS_MAX = 8 * 1024;

    /** The maximum size of the answer to a request for many totals, in bytes. */
    public static final int TOTALS_BYTES_MAX = TOTALS_MAX * ResultFormat.TOTAL_BYTES_MAX;
    /** The maximum size of an ownership answer, in bytes. */
    public static final int OWNERSHIP_BYTES_MAX = 1024 * 1024;

    private static final String COUNTER = "{namespace}/{counter}";
    private static final String HISTORY = "/history";
    private static final String EXPLAIN = "/explain";

    private final String counters;
    private final String partitions;
    private final String totals;
    private final String ownership;

    private ReadProtocol(String basePath) {
        String path = basePath + "/internal/v1/live";
        this.counters = path + "/counters/";
        this.partitions = path + "/partitions/";
        this.totals = path + "/totals";
        this.ownership = path + "/ownership";
    }

    /**
     * The same protocol at a service that is reached below a path, for example behind a proxy.
     *
     * @param basePath percent-encoded, without a trailing slash
     */
    public ReadProtocol below(String basePath) {
        return new ReadProtocol(basePath);
    }

    /** The path of a total, as the template of a route. */
    public String counterTemplate() {
        return counters + COUNTER;
    }

    public String historyTemplate() {
        return counters + COUNTER + HISTORY;
    }

    public String explainTemplate() {
        return counters + COUNTER + EXPLAIN;
    }

    public String pageTemplate() {
        return partitions + "{partition}/counters/{namespace}";
    }

    public String totalsPath() {
        return totals;
    }

    public String ownershipPath() {
        return ownership;
    }

    public ReadRequest<Total> total(CounterName counter) {
        return new ReadRequest<>(counters + counter.path(), "", ResultFormat.TOTAL, total -> true);
    }

    public ReadRequest<History> history(CounterName counter, HistoryRange range) {
        return new ReadRequest<>(
                counters + counter.path() + HISTORY,
                PageQueryText.write(range),
                ResultFormat.HISTORY,
                history -> isWithin(history.buckets(), range));
    }

    public ReadRequest<Explanation> explanation(CounterName counter) {
        return new ReadRequest<>(
                counters + counter.path() + EXPLAIN, "", ResultFormat.EXPLANATION, explanation -> true);
    }

    public ReadRequest<CounterPage> page(int partition, PageQuery page) {
        return new ReadRequest<>(
                partitions + partition + "/counters/" + page.namespace(),
                PageQueryText.write(page),
                ResultFormat.PAGE,
                page::fits);
    }

    /** The parser has checked that the buckets ascend. */
    private static boolean isWithin(List<History.Bucket> buckets, HistoryRange range) {
        return buckets.isEmpty()
                || (buckets.get(0).number() >= range.from()
                        && buckets.get(buckets.size() - 1).number() < range.to());
    }

    /** A counter's name followed by the separator, as {@link #totalsTarget} expects it. */
    public static String totalsName(CounterName counter) {
        return TotalsText.name(counter);
    }

    /**
     * The request target to read many totals at once.
     *
     * @param names 1 to {@value #TOTALS_MAX} results of {@link #totalsName}, together at most {@value #TOTALS_CHARS_MAX}
     *     characters
     */
    public String totalsTarget(List<String> names) {
        return TotalsText.target(totals, names);
    }

    /**
     * Parses the range of buckets from the parameters of a target.
     *
     * @throws IllegalArgumentException if the parameters are not a range
     */
    public static HistoryRange parseRange(Function<String, @Nullable String> parameters) {
        return PageQueryText.range(parameters);
    }

    /**
     * Parses the page query from the parameters of a target.
     *
     * @throws IllegalArgumentException if the parameters are not a page query
     */
    public static PageQuery parsePage(String namespace, Function<String, @Nullable String> parameters) {
        return PageQueryText.page(namespace, parameters);
    }

    /**
     * Parses the query of a target.
     *
     * @param parameters decoded, by name; the caller must reject parameters other than {@link #PARAMETERS}
     * @throws IllegalArgumentException if they are not a query
     */
    public static ReadQuery parseQuery(Function<String, @Nullable String> parameters) {
        return ReadQueryText.parse(parameters);
    }

    /**
     * Parses the counter names of a target for many totals.
     *
     * @param names the value of {@link #TOTALS_PARAMETER}, decoded
     * @throws IllegalArgumentException if it does not hold 1 to {@value #TOTALS_MAX} counter names
     */
    public static List<CounterName> parseTotalsNames(@Nullable String names) {
        return TotalsText.names(names);
    }

    /** @param results null for a counter that has to be requested separately */
    public static byte[] writeTotals(List<@Nullable ReadResult<Total>> results) {
        return TotalsText.write(results);
    }

    /**
     * @param count the number of requested counters
     * @return {@code count} results; null for a counter that has to be requested separately
     * @throws MalformedAnswerException if the bytes are not exactly {@code count} results
     */
    public static List<@Nullable ReadResult<Total>> parseTotals(byte[] json, int count)
            throws MalformedAnswerException {
        return TotalsText.parse(json, count);
    }

    public static byte[] write(Ownership ownership) {
        return OwnershipJson.CODEC.toBytes(ownership);
    }

    /** @throws MalformedAnswerException if the bytes are not exactly one ownership answer */
    public static Ownership parseOwnership(byte[] json) throws MalformedAnswerException {
        return OwnershipJson.CODEC.parse(json);
    }
}
