package dev.tally.system.exact;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that states a receipt.
 *
 * @param life the life of the process that gave the answer
 * @param counter null if the answer is for all partitions
 */
record Shown(int life, @Nullable CounterName counter, Answer answer) {
    /** One request. */
    interface Call {
        Answer answer() throws IOException;
    }

    /** The answers that one client received, in order. For one thread. */
    static final class ToClient {
        private final Lives lives;
        final List<Shown> answers = new ArrayList<>();

        ToClient(Lives lives) {
            this.lives = lives;
        }

        /**
         * Sends a request. Records the answer if it states a receipt and comes from one life of the process.
         *
         * @throws IOException if there is no answer
         */
        Answer of(@Nullable CounterName counter, Call call) throws IOException {
            int before = lives.now();
            Answer answer = call.answer();
            boolean isStated = answer.status() == 200 || answer.code().equals("unknown_counter");
            if (isStated && Lives.isLife(before) && before == lives.now()) {
                answers.add(new Shown(before, counter, answer));
            }
            return answer;
        }
    }
}
