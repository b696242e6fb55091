package dev.tally.service.client;

/** A request got no usable response. The message is one phrase for people, such as {@code it cannot be reached}. */
public final class HttpGetException extends Exception {
    private static final long serialVersionUID = 1L;

    HttpGetException(String message) {
        super(message, null, false, false); // no stack trace: it is an outcome, and frequent while a process is down
    }
}
