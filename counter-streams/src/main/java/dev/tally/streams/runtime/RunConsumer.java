package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.FlushSchedulers;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The consumer that Kafka Streams polls events from if all schemas are known. Returns event runs, see {@link EventRuns}. */
final class RunConsumer extends LimitedConsumer {
    RunConsumer(
            Map<String, Object> config,
            FlushSchedulers schedulers,
            PollLimit pollLimit,
            OffsetLimit limit,
            EventRate rate) {
        super(config, schedulers, pollLimit, limit, rate);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return EventRuns.of(super.poll(timeout));
    }
}
