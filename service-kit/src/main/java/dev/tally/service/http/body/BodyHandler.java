package dev.tally.service.http.body;

/** Handles a request after its body has been read. */
@FunctionalInterface
public interface BodyHandler {
    /**
     * Runs on the IO thread, so it must not block. A {@code ProblemException} it throws becomes the answer; any other
     * exception becomes a 500.
     *
     * @param body exactly the bytes of the body; empty if there was none. The handler may keep the array.
     */
    void handle(byte[] body) throws Exception;
}
