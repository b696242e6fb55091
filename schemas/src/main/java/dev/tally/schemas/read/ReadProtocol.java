package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the services read from each other over HTTP: query-api asks, counter-streams answers, both in the words of this
 * class. Every answer is 200 with a JSON object; a status other than that is not of this protocol. The paths carry the
 * state's generation, so an instance of another generation answers 404 and never a total of its own.
 *
 * <p>{@code X-Request-Id} hands on the id of the request on whose behalf is asked, so that it is found in the logs of all.
 *
 * <p>{@code GET /internal/v1/g1/counters/{namespace}/{counter}} answers one of
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
 * query says what the read has to fulfil, as {@link ReadQuery} does: {@code after=0-17,3-55}, {@code committed=true},
 * {@code wait=2000} (milliseconds) and {@code event=3-55&operation=add&value=5}, perhaps with {@code id=…}. Asked for an
 * event, found and unknown come with {@code "fate":"applied"}, {@code duplicate}, {@code overflow}, {@code forgotten} or
 * {@code id_reused}, the last with the event that applied the id first,
 * {@code "first":{"partition":3,"offset":17,"operation":"add","value":1}}.
 *
 * <p>{@code GET …/counters/{namespace}/{counter}/history} takes a {@link HistoryRange}, {@code step=hour&from=490000&to=490024},
 * {@code GET …/explain} nothing, and {@code GET /internal/v1/g1/partitions/{partition}/counters/{namespace}} a
 * {@link PageQuery}, {@code order=name&limit=100}, perhaps with {@code prefix} and {@code beyond}; all of them a
 * {@link ReadQuery} too. Each answers {@code {"given":…,"asOf":{…}}}, with the value as its codec says, or
 * {@code {"missing":{…}}}, which holds one of the above.
 *
 * <p>{@code GET /internal/v1/g1/totals?of=…} asks for the totals of many counters as things are, with their names as in a path
 * and a line break between them. It answers {@code {"results":[…]}}: for each counter, in their order, one of the above, or
 * {@code null} if the instance does not have it in memory; such a counter is to be asked for alone.
 *
 * <p>{@code GET /internal/v1/g1/ownership} answers
 * {@code {"generation":"g1","partitions":12,"owners":[{"endpoint":"host:port","partitions":[0,1]}]}}.
 */
public final class ReadProtocol {
    /** The generation of the state that is read. */
    public static final String GENERATION = "g1";

    public static final String COUNTER_TEMPLATE = "/internal/v1/" + GENERATION + "/counters/{namespace}/{counter}";
    public static final String HISTORY_TEMPLATE = COUNTER_TEMPLATE + "/history";
    public static final String EXPLAIN_TEMPLATE = COUNTER_TEMPLATE + "/explain";
    public static final String PAGE_TEMPLATE =
            "/internal/v1/" + GENERATION + "/partitions/{partition}/counters/{namespace}";
    public static final String TOTALS_PATH = "/internal/v1/" + GENERATION + "/totals";
    /** The query parameter that names the counters whose totals are asked for. */
    public static final String TOTALS_PARAMETER = "of";

    public static final String OWNERSHIP_PATH = "/internal/v1/" + GENERATION + "/ownership";

    /** The names of all query parameters of a read. */
    public static final List<String> PARAMETERS = ReadQueryText.PARAMETERS;
    /** The names of those that a history takes besides. */
    public static final List<String> RANGE_PARAMETERS = PageQueryText.RANGE_PARAMETERS;
    /** The names of those that a page takes besides. */
    public static final List<String> PAGE_PARAMETERS = PageQueryText.PAGE_PARAMETERS;

    /** How many totals are asked for at once. */
    public static final int TOTALS_MAX = 128;
    /** How long the names of all of them are together, as {@link #totalsName} writes them, in characters. */
    public static final int TOTALS_CHARS_MAX = 8 * 1024;

    /** No answer of a read is longer, in bytes. */
    public static final int RESULT_BYTES_MAX = 4 * 1024;
    /** No answer about the totals of many counters is longer, in bytes. */
    public static final int TOTALS_BYTES_MAX = TOTALS_MAX * RESULT_BYTES_MAX;
    /** No history, explanation or page is longer, in bytes. */
    public static final int ANSWER_BYTES_MAX = 1024 * 1024;
    /** No answer about ownership is longer, in bytes. */
    public static final int OWNERSHIP_BYTES_MAX = 1024 * 1024;

    private static final String COUNTERS = "/internal/v1/" + GENERATION + "/counters/";

    private static final String PARTITIONS = "/internal/v1/" + GENERATION + "/partitions/";
    private static final AnswerJson.Codec<History> HISTORY = new HistoryCodec();
    private static final AnswerJson.Codec<Explanation> EXPLANATION = new ExplanationCodec();
    private static final AnswerJson.Codec<CounterPage> PAGE = new CounterPageCodec();

    private ReadProtocol() {}

    /** The target to ask for one counter: path and query, percent-encoded. */
    public static String counterTarget(CounterName counter, ReadQuery query) {
        return COUNTERS + counter.path() + ReadQueryText.write(query);
    }

    /** A counter's name and what separates it from the next one's, as {@link #totalsTarget} takes it. */
    public static String totalsName(CounterName counter) {
        return TotalsText.name(counter);
    }

    /**
     * The target to ask for many totals at once.
     *
     * @param names each by {@link #totalsName}; 1 to {@value #TOTALS_MAX}, not longer than {@value #TOTALS_CHARS_MAX} together
     */
    public static String totalsTarget(List<String> names) {
        return TotalsText.target(names);
    }

    /** The target to ask for a counter's history. */
    public static String historyTarget(CounterName counter, HistoryRange range, ReadQuery query) {
        StringBuilder target =
                new StringBuilder(COUNTERS).append(counter.path()).append("/history");
        StringBuilder parameters = new StringBuilder();
        PageQueryText.append(range, parameters);
        ReadQueryText.append(query, parameters);
        return target.append(parameters).toString();
    }

    /** The target to ask for a counter's explanation. */
    public static String explainTarget(CounterName counter, ReadQuery query) {
        return COUNTERS + counter.path() + "/explain" + ReadQueryText.write(query);
    }

    /** The target to ask for a partition's counters. */
    public static String pageTarget(int partition, PageQuery page, ReadQuery query) {
        StringBuilder parameters = new StringBuilder();
        PageQueryText.append(page, parameters);
        ReadQueryText.append(query, parameters);
        return PARTITIONS + partition + "/counters/" + page.namespace() + parameters;
    }

    /**
     * Reads back which buckets a target asks for.
     *
     * @throws IllegalArgumentException if the parameters make no range
     */
    public static HistoryRange parseRange(Function<String, @Nullable String> parameters) {
        return PageQueryText.range(parameters);
    }

    /**
     * Reads back which counters a target asks for.
     *
     * @throws IllegalArgumentException if the parameters make no page
     */
    public static PageQuery parsePage(String namespace, Function<String, @Nullable String> parameters) {
        return PageQueryText.page(namespace, parameters);
    }

    /**
     * Reads back the query of a target.
     *
     * @param parameters decoded, by name; it is the caller's to refuse others than {@link #PARAMETERS}
     * @throws IllegalArgumentException if they make no query
     */
    public static ReadQuery parseQuery(Function<String, @Nullable String> parameters) {
        return ReadQueryText.parse(parameters);
    }

    /**
     * Reads back whose totals a target asks for.
     *
     * @param names the value of {@link #TOTALS_PARAMETER}, decoded
     * @throws IllegalArgumentException if they are not 1 to {@value #TOTALS_MAX} names of counters
     */
    public static List<CounterName> parseTotalsNames(@Nullable String names) {
        return TotalsText.names(names);
    }

    /** @param results null for a counter that is to be asked for alone */
    public static byte[] writeTotals(List<@Nullable ReadResult> results) {
        return TotalsText.write(results);
    }

    /**
     * @param count how many were asked for
     * @return as many, null for a counter that is to be asked for alone
     * @throws MalformedAnswerException if the bytes are anything but so many results, to the last byte
     */
    public static List<@Nullable ReadResult> parseTotals(byte[] json, int count) throws MalformedAnswerException {
        return TotalsText.parse(json, count);
    }

    public static byte[] write(ReadResult result) {
        return ReadResultJson.write(result);
    }

    /** @throws MalformedAnswerException if the bytes are anything but one result, to the last byte */
    public static ReadResult parseResult(byte[] json) throws MalformedAnswerException {
        return ReadResultJson.parse(json);
    }

    public static byte[] writeHistory(Answer<History> answer) {
        return AnswerJson.write(answer, HISTORY);
    }

    /** @throws MalformedAnswerException if the bytes are anything but one such answer, to the last byte */
    public static Answer<History> parseHistory(byte[] json) throws MalformedAnswerException {
        return AnswerJson.parse(json, HISTORY);
    }

    public static byte[] writeExplanation(Answer<Explanation> answer) {
        return AnswerJson.write(answer, EXPLANATION);
    }

    /** @throws MalformedAnswerException if the bytes are anything but one such answer, to the last byte */
    public static Answer<Explanation> parseExplanation(byte[] json) throws MalformedAnswerException {
        return AnswerJson.parse(json, EXPLANATION);
    }

    public static byte[] writePage(Answer<CounterPage> answer) {
        return AnswerJson.write(answer, PAGE);
    }

    /** @throws MalformedAnswerException if the bytes are anything but one such answer, to the last byte */
    public static Answer<CounterPage> parsePage(byte[] json) throws MalformedAnswerException {
        return AnswerJson.parse(json, PAGE);
    }

    public static byte[] write(Ownership ownership) {
        return OwnershipJson.write(ownership);
    }

    /** @throws MalformedAnswerException if the bytes are anything but one ownership of this generation, to the last byte */
    public static Ownership parseOwnership(byte[] json) throws MalformedAnswerException {
        Ownership ownership = OwnershipJson.parse(json);
        if (!ownership.generation().equals(GENERATION)) {
            throw new MalformedAnswerException("another generation");
        }
        return ownership;
    }
}
