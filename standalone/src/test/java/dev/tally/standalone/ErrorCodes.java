package dev.tally.standalone;

import dev.tally.ingest.http.IngestErrorCode;
import dev.tally.query.http.QueryErrorCode;
import dev.tally.service.http.problem.ErrorCode;
import dev.tally.service.http.problem.HttpErrorCode;
import java.util.List;
import java.util.stream.Stream;

/** The error codes of all services. */
public final class ErrorCodes {
    public static final List<ErrorCode> ALL = Stream.of(
                    HttpErrorCode.values(), IngestErrorCode.values(), QueryErrorCode.values())
            .<ErrorCode>flatMap(Stream::of)
            .toList();

    private ErrorCodes() {}
}
