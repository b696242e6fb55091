package dev.tally.query.http;

import dev.tally.service.http.Request;
import dev.tally.service.http.response.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Writes answers that take long on a thread of the server's pool, so that neither an IO thread nor a thread of the
 * reader is blocked.
 */
final class Offloaded {
    private Offloaded() {}

    /** @param answer may throw what a handler may throw */
    static <R> void answer(Request request, CompletionStage<R> read, Function<R, Response> answer) {
        var unused = read.whenComplete((result, failure) -> {
            if (failure != null) {
                request.fail(failure); // the reader broke its contract
            } else {
                request.offload(same -> same.respond(answer.apply(result)));
            }
        });
    }
}
