package dev.tally.system.exact;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import org.jspecify.annotations.Nullable;

/**
 * One read of more than a total, and its answer.
 *
 * @param counter null for a page
 * @param path of the request, with its query
 * @param after the receipt that the answer had to reflect; empty for none
 */
record StateAsked(Kind kind, @Nullable CounterName counter, String path, String after, Answer answer) {
    enum Kind {
        HISTORY,
        EXPLANATION,
        LIST,
        TOP
    }

    boolean isGiven() {
        return answer.status() == 200;
    }

    @Override
    public String toString() {
        String shown = answer.toString();
        return "GET " + path + " → " + shown.substring(0, Math.min(shown.length(), 600));
    }
}
