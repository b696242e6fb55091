package dev.tally.streams.change;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The offsets of all partitions, asked of Kafka when they are first needed in a step, and once. Confined to one thread. */
final class StepOffsets {
    private final Supplier<CompletionStage<long[]>> request;
    private long @Nullable [] answer;
    private boolean isAsked;

    StepOffsets(Supplier<CompletionStage<long[]>> request) {
        this.request = request;
    }

    /** The offset of one partition; null if Kafka did not answer. */
    @Nullable
    Long of(int partition) {
        if (!isAsked) {
            isAsked = true;
            answer = Answers.await(request.get());
        }
        return answer == null ? null : Long.valueOf(answer[partition]);
    }
}
