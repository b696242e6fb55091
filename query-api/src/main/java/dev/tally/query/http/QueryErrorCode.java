package dev.tally.query.http;

import dev.tally.service.http.problem.ErrorCode;

/** The codes of reads alone. */
public enum QueryErrorCode implements ErrorCode {
    INVALID_RECEIPT("invalid_receipt", 400),
    RECEIPT_AHEAD("receipt_ahead", 400),
    UNKNOWN_COUNTER("unknown_counter", 404),
    NOT_YET_COUNTED("not_yet_counted", 503),
    INCOMPLETE("incomplete", 503);

    private final String code;
    private final int status;

    QueryErrorCode(String code, int status) {
        this.code = code;
        this.status = status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }
}
