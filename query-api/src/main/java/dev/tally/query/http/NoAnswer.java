package dev.tally.query.http;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.ReadResult;
import dev.tally.service.http.Request;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.response.ProblemMembers;
import dev.tally.service.http.response.Response;

/** Converts a read without an answer to a problem. */
final class NoAnswer {
    private NoAnswer() {}

    static Response of(Request request, CounterName counter, ReadResult.Missing<?> why) {
        if (!(why instanceof ReadResult.Unknown<?> unknown)) {
            return request.problemResponse(code(why), CounterJson.why(why), ProblemMembers.NONE);
        }
        String receipt = AsOfJson.receipt(unknown.asOf());
        Response response = request.problemResponse(
                QueryErrorCode.UNKNOWN_COUNTER,
                counter + ": no such counter",
                json -> AsOfJson.write(unknown.asOf(), receipt, json));
        return TallyReceipt.put(response, receipt);
    }

    /** The error code of a result that says nothing about the counter. */
    private static ErrorCode code(ReadResult.Missing<?> why) {
        return why instanceof ReadResult.NotReached<?> notReached ? code(notReached.why()) : HttpErrorCode.NOT_READY;
    }

    static ErrorCode code(ReadResult.Why why) {
        return switch (why) {
            case NOT_YET -> QueryErrorCode.NOT_YET_COUNTED;
            case AHEAD -> QueryErrorCode.RECEIPT_AHEAD;
            case NO_SUCH_PARTITION -> QueryErrorCode.INVALID_RECEIPT;
        };
    }
}
