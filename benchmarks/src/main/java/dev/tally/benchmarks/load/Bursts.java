package dev.tally.benchmarks.load;

import dev.tally.benchmarks.process.BenchException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Batches with one event for each reader. When a batch is answered, all readers wait for it at once, each for its own
 * counter.
 */
final class Bursts {
    private final Connection connection;
    private final Readers readers;
    private final String batch;
    private boolean isWriting;

    Bursts(Wire wire, Readers readers) {
        this.connection = wire.connect(1).get(0);
        this.readers = readers;
        this.batch = IntStream.range(0, readers.count())
                .mapToObj(BenchCounters::eventJson)
                .collect(Collectors.joining("\n"));
    }

    /** Writes the next batch once all readers have read the last one. */
    void goOn() {
        if (isWriting || !readers.isAllAnswered()) {
            return;
        }
        isWriting = true;
        connection.post(Targets.BATCH, batch, answer -> {
            String receipt = answer.receipt();
            if (answer.status() != 202 || receipt == null) {
                throw new BenchException("a batch was answered " + answer.status() + ": " + answer.body());
            }
            isWriting = false;
            for (int reader = 0; reader < readers.count(); reader++) {
                readers.read(reader, Targets.after(Targets.counter(reader), receipt), answer.nanos());
            }
        });
    }

    boolean isAllAnswered() {
        return !isWriting && readers.isAllAnswered();
    }
}
