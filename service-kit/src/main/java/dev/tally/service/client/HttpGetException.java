package dev.tally.service.client;

/** A request that got no usable answer. Its message is one phrase for people, such as {@code it cannot be reached}. */
public final class HttpGetException extends Exception {
    private static final long serialVersionUID = 1L;

    HttpGetException(String message) {
        super(message, null, false, false); // it is an outcome, and frequent when a process is down
    }
}
