package dev.tally.service.http.problem;

/** The codes of every service. */
public enum HttpErrorCode implements ErrorCode {
    INVALID_REQUEST("invalid_request", 400),
    INVALID_JSON("invalid_json", 400),
    INVALID_VALUE("invalid_value", 400),
    UNKNOWN_FIELD("unknown_field", 400),
    INVALID_NAME("invalid_name", 400),
    INVALID_PARAMETER("invalid_parameter", 400),
    NOT_SUPPORTED("not_supported", 400),
    ORIGIN_FORBIDDEN("origin_forbidden", 403),
    NOT_FOUND("not_found", 404),
    METHOD_NOT_ALLOWED("method_not_allowed", 405),
    REQUEST_TIMEOUT("request_timeout", 408),
    TOO_LARGE("too_large", 413),
    UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", 415),
    MISDIRECTED("misdirected", 421),
    INTERNAL("internal", 500),
    OVERLOADED("overloaded", 503),
    SHUTTING_DOWN("shutting_down", 503),
    NOT_READY("not_ready", 503);

    private final String code;
    private final int status;

    HttpErrorCode(String code, int status) {
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
