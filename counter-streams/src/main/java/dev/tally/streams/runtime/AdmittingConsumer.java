package dev.tally.streams.runtime;

import dev.tally.streams.state.flush.FlushSchedulers;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** The consumer that Kafka Streams polls events from, with {@link SchemaAdmission}. Returns event runs, see {@link EventRuns}. */
final class AdmittingConsumer extends LimitedConsumer {
    private final SchemaAdmission schemas;

    AdmittingConsumer(
            Map<String, Object> config,
            FlushSchedulers schedulers,
            PollLimit pollLimit,
            OffsetLimit limit,
            EventRate rate,
            SchemaAdmission schemas) {
        super(config, schedulers, pollLimit, limit, rate);
        this.schemas = schemas;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return EventRuns.of(admit(super.poll(timeout), schemas));
    }
}
