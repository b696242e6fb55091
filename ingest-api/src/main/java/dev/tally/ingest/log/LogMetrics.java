package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of the events that were offered to the log. At any time without a change in progress:
 *
 * <pre>{@code accepted = appended + failed + in flight}</pre>
 *
 * <p>Refused events are never accepted. The metrics count events, not appends.
 */
public final class LogMetrics implements AutoCloseable {
    private static final Duration[] BOUNDARIES = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final LongAdder accepted;
    private final LongAdder appended;
    private final Map<NotAppended, LongAdder> failed;
    private final Map<NotAppended, LongAdder> refused;
    private final LongAdder invalid;
    private final LongAdder replacements = new LongAdder();
    private final Timer latency;
    private @Nullable KafkaClientMetrics clientMetrics;

    public LogMetrics(MeterRegistry registry) {
        this.registry = registry;
        accepted = count("accepted", "", "Events accepted for appending");
        appended = count("appended", "", "Events acknowledged by all in-sync replicas");
        failed = counts("failed", "Events accepted and then not acknowledged");
        refused = counts("refused", "Events not accepted");
        invalid = count("refused", "invalid", "Events not accepted");
        FunctionCounter.builder("tally.ingest.producer.replacements", replacements, LongAdder::sum)
                .description("Producers created to replace one that failed")
                .register(registry);
        latency = Timer.builder("tally.ingest.append")
                .description("From an append's start to the acknowledgement of its last event")
                .serviceLevelObjectives(BOUNDARIES)
                .register(registry);
    }

    /** Events of a request that was not valid. */
    public void invalid(int events) {
        invalid.add(events);
    }

    void publish(InFlight inFlight) {
        Gauge.builder("tally.ingest.events.in.flight", inFlight, InFlight::events)
                .description("Events accepted and not yet answered")
                .strongReference(true)
                .register(registry);
        Gauge.builder("tally.ingest.in.flight.bytes", inFlight, InFlight::bytes)
                .description("Bytes of the events accepted and not yet answered")
                .strongReference(true)
                .register(registry);
    }

    /** Publishes the Kafka client metrics of this producer instead of those of the previous one. */
    synchronized void publish(Producer<?, ?> producer) {
        close();
        clientMetrics = new KafkaClientMetrics(producer);
        clientMetrics.bindTo(registry);
    }

    @Override
    public synchronized void close() {
        if (clientMetrics != null) {
            clientMetrics.close();
            clientMetrics = null;
        }
    }

    void replaced() {
        replacements.increment();
    }

    void accepted(int events) {
        accepted.add(events);
    }

    long appended() {
        return appended.sum();
    }

    /** Events that were accepted and not acknowledged. */
    long failed() {
        long sum = 0;
        for (LongAdder each : failed.values()) {
            sum += each.sum();
        }
        return sum;
    }

    void refused(int events, NotAppended why) {
        Objects.requireNonNull(refused.get(why)).add(events);
    }

    void ended(Append append, AppendOutcome outcome) {
        if (outcome instanceof Appended) {
            appended.add(append.events);
            latency.record(System.nanoTime() - append.startedNanos, TimeUnit.NANOSECONDS);
        } else if (outcome instanceof NotAppended why) {
            Objects.requireNonNull(failed.get(why)).add(append.events);
        }
    }

    private Map<NotAppended, LongAdder> counts(String what, String description) {
        Map<NotAppended, LongAdder> counts = new EnumMap<>(NotAppended.class);
        for (NotAppended why : NotAppended.values()) {
            counts.put(why, count(what, why.name().toLowerCase(Locale.ROOT), description));
        }
        return counts;
    }

    private LongAdder count(String what, String reason, String description) {
        LongAdder count = new LongAdder();
        FunctionCounter.Builder<LongAdder> counter = FunctionCounter.builder(
                        "tally.ingest.events." + what, count, LongAdder::sum)
                .description(description);
        if (!reason.isEmpty()) {
            counter.tag("reason", reason);
        }
        counter.register(registry);
        return count;
    }
}
