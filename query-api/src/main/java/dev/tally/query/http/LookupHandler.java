package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.CounterReader;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.json.JsonWriter;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.response.Response;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * {@code POST /v1/counters:lookup}: many counters, each with its own result. Small bodies are handled on the IO thread,
 * large ones on a worker thread. The reads are bounded so that lookups leave capacity for reads of one counter.
 */
public final class LookupHandler implements Endpoint {
    /** Maximum of concurrent reads of one lookup. */
    private static final int READS_MAX = 64;
    /** Maximum of concurrent reads of all lookups, not counting one of each. It is below the bound of any reader. */
    private static final int FURTHER_READS_TOTAL_MAX = 448;

    private static final int COUNTERS_TOTAL_MAX = 100_000;
    /** Roughly what an IO thread parses in a fifth of a millisecond. */
    private static final int SMALL_BYTES_MAX = 4 << 10;

    private final CounterReader reader;
    private final ReadMetrics metrics;
    private final HoldBudget budget = new HoldBudget(COUNTERS_TOTAL_MAX);
    private final Semaphore furtherReads = new Semaphore(FURTHER_READS_TOTAL_MAX);

    public LookupHandler(CounterReader reader, ReadMetrics metrics) {
        this.reader = reader;
        this.metrics = metrics;
    }

    @Override
    public void handle(Request request) throws Exception {
        boolean numbersAsStrings = request.query().only("numbers").numbersAsStrings();
        if (request.header(TallyReceipt.HEADER) != null) {
            // A client that sends the header expects to read its own writes.
            throw new ProblemException(HttpErrorCode.NOT_SUPPORTED, "Tally-Receipt: not supported on a lookup");
        }
        HoldBudget.Hold hold = budget.of(request);
        request.readBody(LookupBody.BYTES_MAX, body -> {
            if (body.length <= SMALL_BYTES_MAX) {
                lookUp(request, hold, body, numbersAsStrings);
            } else {
                request.offload(large -> lookUp(large, hold, body, numbersAsStrings));
            }
        });
    }

    private void lookUp(Request request, HoldBudget.Hold hold, byte[] body, boolean numbersAsStrings) {
        List<CounterName> counters = LookupBody.parse(body);
        if (!hold.take(counters.size())) {
            throw new ProblemException(
                    HttpErrorCode.OVERLOADED, "Already looking up " + COUNTERS_TOTAL_MAX + " counters; ask again");
        }
        int further = takeFurtherReads(Math.min(READS_MAX, counters.size()) - 1);
        var unused = Lookup.start(reader.askedBy(request.requestId()), counters, 1 + further)
                .whenComplete((results, failure) -> {
                    furtherReads.release(further);
                    if (failure != null) {
                        request.fail(failure); // the reader broke its contract
                    } else {
                        request.respond(answer(counters, results, numbersAsStrings));
                    }
                });
    }

    private int takeFurtherReads(int wanted) {
        int taken = 0;
        while (taken < wanted && furtherReads.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    private Response answer(List<CounterName> counters, ReadResult<Total>[] results, boolean numbersAsStrings) {
        JsonWriter json = new JsonWriter(CounterJson.FIELDS_BYTES * results.length).beginObject();
        json.name("counters").beginArray();
        for (int i = 0; i < results.length; i++) {
            metrics.count(results[i]);
            json.beginObject();
            CounterJson.writeName(counters.get(i), json);
            writeResult(results[i], numbersAsStrings, json);
            json.endObject();
        }
        return Response.json(200, json.endArray().endObject()).noStore();
    }

    private static void writeResult(ReadResult<Total> result, boolean numbersAsStrings, JsonWriter json) {
        json.name("status");
        if (result instanceof ReadResult.Found<Total> found) {
            json.value("found");
            CounterJson.writeTotal(found, numbersAsStrings, AsOfJson.receipt(found.asOf()), json);
        } else if (result instanceof ReadResult.Unknown<Total> unknown) {
            json.value("unknown");
            AsOfJson.write(unknown.asOf(), json);
        } else if (result instanceof ReadResult.Missing<Total> missing) {
            json.value("unavailable");
            json.name("detail").value(CounterJson.why(missing));
        }
    }
}
