package dev.tally.system.client;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.harness.TallySystem;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** The HTTP API of one system. Safe for use by any thread. */
public final class Api {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final URI write;
    private final URI read;

    public Api(TallySystem system) {
        this.write = system.writeUrl();
        this.read = system.readUrl();
    }

    /** The formats of a batch. */
    public enum BatchForm {
        NDJSON,
        ARRAY
    }

    /** @throws IOException if there is no answer; the hit may have been recorded */
    public Answer post(Hit hit) throws IOException {
        return Http.post(counter(write, hit.counter()), hit.body(), JSON);
    }

    /** Sends a POST with an empty body, which adds one. */
    public Answer postEmpty(CounterName counter) throws IOException {
        return Http.post(counter(write, counter), "", "");
    }

    /** @throws IOException if there is no answer; any of the hits may have been recorded */
    public Answer post(List<Hit> hits, BatchForm form) throws IOException {
        URI url = write.resolve("/v1/events");
        if (form == BatchForm.NDJSON) {
            return Http.post(url, hits.stream().map(Hit::line).collect(Collectors.joining("\n")), NDJSON);
        }
        return Http.post(url, hits.stream().map(Hit::line).collect(Collectors.joining(",", "[", "]")), JSON);
    }

    /** @throws IOException if there is no answer */
    public CounterRead read(CounterName counter) throws IOException {
        return CounterRead.of(counter, Http.get(counter(read, counter)));
    }

    private static URI counter(URI base, CounterName counter) {
        return base.resolve("/v1/counters/" + counter.path());
    }
}
