package dev.tally.system.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tally.schemas.name.CounterName;

/**
 * One event as a client sends it.
 *
 * @param token is part of {@code source}, so that the event can be found in the log; empty for none
 */
public record Hit(CounterName counter, long delta, String token) {
    /** The body of a single POST. */
    public String body() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("delta", delta);
        return withToken(json).toString();
    }

    /** One line, or one element, of a batch. */
    public String line() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", counter.namespace())
                .put("counter", counter.counter())
                .put("delta", delta);
        return withToken(json).toString();
    }

    private ObjectNode withToken(ObjectNode json) {
        return token.isEmpty() ? json : json.put("source", token);
    }
}
