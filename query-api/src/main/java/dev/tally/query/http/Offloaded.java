package dev.tally.query.http;

import dev.tally.service.http.Request;
import dev.tally.service.http.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Answers that take long to write: on a thread of the server's pool, which keeps neither an IO thread nor the reader's. */
final class Offloaded {
    private Offloaded() {}

    /** @param answer may throw what a handler may */
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
