package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.ThreadFlushes;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The consumer that Kafka Streams polls events from if all schemas are known. Returns event runs, see {@link EventRuns}. */
final class RunConsumer extends FlushingConsumer {
    RunConsumer(Map<String, Object> config, Supplier<ThreadFlushes> flushesOfThisThread, boolean commitsSpaced) {
        super(config, flushesOfThisThread, commitsSpaced);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return EventRuns.of(super.poll(timeout));
    }
}
