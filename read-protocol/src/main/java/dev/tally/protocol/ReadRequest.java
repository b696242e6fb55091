package dev.tally.protocol;

import dev.tally.schemas.read.ReadQuery;
import java.util.function.Predicate;

/** What a request reads, of one partition. {@link ReadProtocol} makes it. */
public final class ReadRequest<T> {
    private final String path;
    private final String parameters;
    private final ResultFormat<T> format;
    private final Predicate<T> fits;

    /** @param parameters including the question mark; empty if the request has none of its own */
    ReadRequest(String path, String parameters, ResultFormat<T> format, Predicate<T> fits) {
        this.path = path;
        this.parameters = parameters;
        this.format = format;
        this.fits = fits;
    }

    /** Path and query, percent-encoded. */
    public String target(ReadQuery query) {
        StringBuilder text = new StringBuilder(parameters);
        ReadQueryText.append(query, text);
        return path + text;
    }

    public ResultFormat<T> format() {
        return format;
    }

    /** Whether a value is a possible answer to this request. */
    public boolean fits(T value) {
        return fits.test(value);
    }
}
