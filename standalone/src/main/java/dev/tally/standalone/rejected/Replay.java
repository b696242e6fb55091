package dev.tally.standalone.rejected;

import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.standalone.rejected.ReplayDecision.Append;
import dev.tally.standalone.rejected.ReplayDecision.Leave;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends the rejected events that match a filter to {@code tally.events} again. It reads the dead-letter topic once for each
 * step instead of holding the events in memory. For one thread.
 */
public final class Replay {
    private final ReplayClients clients;
    private final ReplayFilter filter;
    private final ReplayRules rules;
    private final int partitions;
    private final Map<Integer, Long> ends;
    private final EarlierReplays earlier;

    /**
     * @param encoder writes the events that get a new id
     * @param partitions of {@code tally.events}
     * @param ends the offset after the last one of each partition of {@code tally.events.rejected} that is read
     */
    public Replay(
            KafkaSettings kafka,
            SchemaLookup schemas,
            EventEncoder encoder,
            ReplayFilter filter,
            int partitions,
            Map<Integer, Long> ends) {
        this.clients = new ReplayClients(kafka);
        this.filter = filter;
        this.rules = new ReplayRules(schemas, encoder);
        this.partitions = partitions;
        this.ends = Map.copyOf(ends);
        this.earlier = new EarlierReplays(partitions);
    }

    /**
     * Finds what earlier replays have appended, and what this one would append.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not respond
     * @throws dev.tally.schemas.registry.RegistryUnavailableException if a schema cannot be looked up now
     */
    public ReplayReport plan() {
        read(event -> {
            if (rules.decide(event) instanceof Append append) {
                earlier.include(append);
            }
            return true;
        });
        try (Consumer<byte[], byte[]> log = clients.consumer("read_uncommitted")) {
            earlier.find(log);
        }
        ReplayReport report = new ReplayReport();
        Set<Receipt> origins = earlier.origins();
        read(event -> {
            count(event, origins, report);
            return true;
        });
        return report;
    }

    /** Appends what {@link #plan} has found. The report has the failure if Kafka does not acknowledge an event. */
    public ReplayReport append() {
        ReplayReport report = new ReplayReport();
        Set<Receipt> origins = earlier.origins();
        try (Appender appender = new Appender(clients.producer())) {
            read(event -> {
                Append append = count(event, origins, report);
                return append == null
                        || appender.append(
                                ReplayRecord.of(append, event.headers(), partitions), report.of(event)::appended);
            });
            report.fail(appender.finish());
        } catch (RuntimeException e) {
            report.fail(e);
        }
        return report;
    }

    /** Counts the event. Returns what to append; null if it is left, or is in the log again. */
    private @Nullable Append count(RejectedEvent event, Set<Receipt> origins, ReplayReport report) {
        ReasonCounts counts = report.of(event);
        counts.matched();
        ReplayDecision decision = rules.decide(event);
        if (decision instanceof Leave leave) {
            counts.leave(event, leave.why());
        } else if (decision instanceof Append append) {
            if (origins.contains(append.origin())) {
                counts.earlier();
            } else if (filter.allows(event)) {
                origins.add(append.origin());
                counts.due();
                return append;
            } else {
                counts.leave(event, "another event has its id: --reason id_reused appends it with a new one");
            }
        }
        return null;
    }

    /** Reads the events that match, up to the end that the topic had at the start. */
    private void read(Predicate<RejectedEvent> each) {
        Map<Integer, Long> starts = new TreeMap<>();
        ends.keySet().forEach(partition -> starts.put(partition, 0L));
        try (Consumer<byte[], byte[]> rejected = clients.consumer("read_committed")) {
            TopicScan.read(rejected, Topics.REJECTED, starts, ends, record -> {
                RejectedEvent event = RejectedEvent.of(record);
                return !filter.matches(event) || each.test(event);
            });
        }
    }
}
