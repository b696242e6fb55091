package dev.tally.system.exact;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that states how far the log was applied.
 *
 * @param life of the process that gave it
 * @param counter null if it answers for all partitions
 */
record Shown(int life, @Nullable CounterName counter, Answer answer) {
    /** One request. */
    interface Call {
        Answer answer() throws IOException;
    }

    /** What one client was shown, in its order. For one thread. */
    static final class ToClient {
        private final Lives lives;
        final List<Shown> answers = new ArrayList<>();

        ToClient(Lives lives) {
            this.lives = lives;
        }

        /**
         * Makes a request. Its answer is kept if it states a receipt and comes from one life of the process.
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
