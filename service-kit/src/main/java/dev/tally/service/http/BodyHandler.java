package dev.tally.service.http;

/** Handles a request after its body has been read. */
@FunctionalInterface
public interface BodyHandler {
    /**
     * Like {@link Endpoint#handle}, on the same IO thread.
     *
     * @param body exactly the bytes of the body; empty if there was none. The handler may keep the array.
     */
    void handle(Request request, byte[] body) throws Exception;
}
