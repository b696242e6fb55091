package dev.tally.service.http;

/** What goes on with a request when its body is there. */
@FunctionalInterface
public interface BodyHandler {
    /**
     * As {@link Endpoint#handle}, on the same IO thread.
     *
     * @param body exactly the bytes of the body; empty when there was none. The handler's to keep.
     */
    void handle(Request request, byte[] body) throws Exception;
}
