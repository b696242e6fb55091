package dev.tally.ingest.http;

import dev.tally.service.http.problem.ErrorCode;

/** The codes of writes alone. */
public enum IngestErrorCode implements ErrorCode {
    OVERFLOW("overflow", 409),
    ID_REUSED("id_reused", 409),
    KAFKA_UNAVAILABLE("kafka_unavailable", 503),
    UNCONFIRMED("unconfirmed", 503);

    private final String code;
    private final int status;

    IngestErrorCode(String code, int status) {
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
