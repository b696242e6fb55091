package dev.tally.service.http.problem;

/** Every code a problem can have. The name on the wire and the status are API. */
public enum ErrorCode {
    INVALID_REQUEST("invalid_request", 400),
    INVALID_JSON("invalid_json", 400),
    INVALID_VALUE("invalid_value", 400),
    UNKNOWN_FIELD("unknown_field", 400),
    INVALID_NAME("invalid_name", 400),
    INVALID_PARAMETER("invalid_parameter", 400),
    INVALID_RECEIPT("invalid_receipt", 400),
    RECEIPT_AHEAD("receipt_ahead", 400),
    NOT_SUPPORTED("not_supported", 400),
    ORIGIN_FORBIDDEN("origin_forbidden", 403),
    NOT_FOUND("not_found", 404),
    UNKNOWN_COUNTER("unknown_counter", 404),
    METHOD_NOT_ALLOWED("method_not_allowed", 405),
    REQUEST_TIMEOUT("request_timeout", 408),
    OVERFLOW("overflow", 409),
    ID_REUSED("id_reused", 409),
    TOO_LARGE("too_large", 413),
    UNSUPPORTED_MEDIA_TYPE("unsupported_media_type", 415),
    MISDIRECTED("misdirected", 421),
    INTERNAL("internal", 500),
    OVERLOADED("overloaded", 503),
    KAFKA_UNAVAILABLE("kafka_unavailable", 503),
    SHUTTING_DOWN("shutting_down", 503),
    UNCONFIRMED("unconfirmed", 503),
    NOT_READY("not_ready", 503),
    NOT_YET_COUNTED("not_yet_counted", 503),
    INCOMPLETE("incomplete", 503);

    private final String code;
    private final int status;

    ErrorCode(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /** The name on the wire. */
    public String code() {
        return code;
    }

    /** The HTTP status of this code. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. If so, the answer has a {@code Retry-After} header. */
    public boolean retryable() {
        return status == 503;
    }

    /** The reason phrase of the status, which is the title of a problem of type {@code about:blank} (RFC 9457). */
    public String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 421 -> "Misdirected Request";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
