package dev.tally.system.exact;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to write as its client sends it, possibly several times.
 *
 * @param events one for a single request, several for a batch
 * @param path of the request, with its query
 * @param body empty for none
 */
record Write(String method, String path, String body, List<Event> events) {
    /**
     * @param kind ADD, SET or DELETE
     * @param id null for none
     */
    record Event(
            CounterName counter,
            String kind,
            long value,
            @Nullable String id) {
        /** The content in the words that the service uses. */
        String content() {
            return kind.equals("DELETE") ? kind : kind + " " + value;
        }
    }

    /** Whether the request can be sent again without being counted again. */
    boolean isRepeatable() {
        return events.stream().allMatch(event -> event.id() != null);
    }

    /**
     * One attempt to send the request.
     *
     * @param answer null if there was none
     */
    record Attempt(Write write, @Nullable Answer answer) {
        boolean isAcknowledged() {
            return answer != null && (answer.status() == 202 || answer.status() == 200 || answer.status() == 409);
        }

        /** Whether the events may be in the log although they were not acknowledged. */
        boolean isUnknown() {
            return answer == null || answer.code().equals("unconfirmed");
        }

        /** Empty unless acknowledged. */
        String receipt() {
            return isAcknowledged() && answer != null
                    ? answer.json().path("receipt").asText()
                    : "";
        }
    }
}
