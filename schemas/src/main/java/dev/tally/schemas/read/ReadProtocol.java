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
 * {@code wait=2000} (milliseconds) and {@code event=3-55}, perhaps with {@code id=…}. Asked for an event, found and unknown
 * come with {@code "fate":"applied"}, {@code duplicate}, {@code overflow} or {@code forgotten}.
 *
 * <p>{@code GET /internal/v1/g1/ownership} answers
 * {@code {"generation":"g1","partitions":12,"owners":[{"endpoint":"host:port","partitions":[0,1]}]}}.
 */
public final class ReadProtocol {
    /** The generation of the state that is read. */
    public static final String GENERATION = "g1";

    public static final String COUNTER_TEMPLATE = "/internal/v1/" + GENERATION + "/counters/{namespace}/{counter}";
    public static final String OWNERSHIP_PATH = "/internal/v1/" + GENERATION + "/ownership";

    /** The names of all query parameters. */
    public static final List<String> PARAMETERS = ReadQueryText.PARAMETERS;

    /** No answer of a read is longer, in bytes. */
    public static final int RESULT_BYTES_MAX = 4 * 1024;
    /** No answer about ownership is longer, in bytes. */
    public static final int OWNERSHIP_BYTES_MAX = 1024 * 1024;

    private static final String COUNTERS = "/internal/v1/" + GENERATION + "/counters/";

    private ReadProtocol() {}

    /** The target to ask for one counter: path and query, percent-encoded. */
    public static String counterTarget(CounterName counter, ReadQuery query) {
        return COUNTERS + counter.path() + ReadQueryText.write(query);
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

    public static byte[] write(ReadResult result) {
        return ReadResultJson.write(result);
    }

    /** @throws MalformedAnswerException if the bytes are anything but one result, to the last byte */
    public static ReadResult parseResult(byte[] json) throws MalformedAnswerException {
        return ReadResultJson.parse(json);
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
