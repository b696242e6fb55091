package dev.tally.streams.topology;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.ids.RememberedId;
import dev.tally.streams.state.store.CounterEntry;
import dev.tally.streams.state.store.CounterStore;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Applies the events of one partition to its state, in log order. Forwards rejected events and, whenever the state is written
 * out, the changed totals, as far as the {@link Feeds} include them.
 *
 * <p>The outcome of a record depends only on the records before it, not on a clock or a setting. The same log therefore always
 * gives the same state, regardless of how its events are grouped into runs. One instance per task, confined to its stream thread.
 */
final class CountingProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final int partitions;
    private final CountingMetrics metrics;
    private final Feeds feeds;
    private final EventDecoder event;
    private final TotalEncoder totals;

    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable CounterStore counters;
    private int partition;

    CountingProcessor(int partitions, SchemaLookup schemas, TotalEncoder totals, CountingMetrics metrics, Feeds feeds) {
        this.partitions = partitions;
        this.totals = totals;
        this.metrics = metrics;
        this.feeds = feeds;
        this.event = new EventDecoder(schemas);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        context = processorContext;
        partition = processorContext.taskId().partition();
        CounterStore store = processorContext.getStateStore(CounterTopology.STORE);
        counters = store;
        store.open(processorContext, this::sendTotal);
    }

    @Override
    public void close() {
        if (counters != null) {
            counters.withdraw();
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        CounterStore store = opened(counters);
        RecordMetadata from = opened(context).recordMetadata().orElseThrow();
        EventRun run = EventRun.of(record, from);
        while (run.next()) {
            process(run, from, store);
        }
        store.endOfRun();
    }

    private void process(EventRun run, RecordMetadata from, CounterStore store) {
        long offset = run.offset();
        long appendTime = run.timestamp();
        if (!store.isNew(offset, appendTime)) {
            metrics.countSkipped(); // already applied: the group's offsets were lost, the state was not
            return;
        }
        long streamTime = store.streamTime(appendTime);
        apply(run, from, store, streamTime);
        store.setApplied(offset, streamTime, appendTime);
    }

    private void apply(EventRun run, RecordMetadata from, CounterStore store, long streamTime) {
        byte @Nullable [] key = run.key();
        CounterEntry counter = key == null ? null : store.find(key);
        if (counter == null) {
            // A known counter has a valid key and the correct partition, so only an unknown one is checked.
            CounterName name = CounterName.ofKey(key);
            if (name == null) {
                reject(Rejection.BAD_KEY, "the key is not the UTF-8 of a valid namespace/counter", run, from);
                return;
            }
            int belongs = Placement.partition(name.key(), partitions);
            if (belongs != from.partition()) {
                reject(Rejection.WRONG_PARTITION, "the key belongs to partition " + belongs, run, from);
                return;
            }
        }
        if (!event.decode(run.value())) {
            reject(Rejection.UNDECODABLE, String.valueOf(event.problem()), run, from);
            return;
        }
        if (event.operation() == Operation.UNKNOWN) {
            throw new UnknownOperationException(from.partition(), run.offset());
        }
        byte[] id = event.idBytes();
        FieldLimits.Refusal refusal = FieldLimits.refusal(id, event.sourceSize());
        if (refusal != null) {
            reject(refusal.why(), refusal.detail(), run, from);
            return;
        }
        if (id != null) {
            applyOnce(id, run, from, store, counter, streamTime);
        } else if (applyEvent(run, from, store, counter, streamTime)) {
            metrics.countApplied();
        }
    }

    /** Applies an event with an ID, unless the ID was already applied to the counter. */
    private void applyOnce(
            byte[] id,
            EventRun run,
            RecordMetadata from,
            CounterStore store,
            @Nullable CounterEntry counter,
            long streamTime) {
        EventContent content = new EventContent(event.operation(), event.value());
        RememberedId first = store.applied(run.counterKey(), id, streamTime);
        if (first == null) {
            if (applyEvent(run, from, store, counter, streamTime)) {
                store.remember(run.counterKey(), id, content, run.offset(), streamTime);
                metrics.countApplied();
            }
        } else if (first.content().equals(content)) {
            if (counter != null && counter.exists()) {
                store.duplicate(counter);
            }
            metrics.countDuplicate();
        } else {
            String detail = "id " + new String(id, StandardCharsets.US_ASCII) + ": first " + first.content() + " at "
                    + from.partition() + "-" + first.offset() + ", now " + content;
            reject(Rejection.ID_REUSED, detail, run, from);
        }
    }

    /** Returns whether the event was applied. Otherwise it was rejected and has changed nothing. */
    private boolean applyEvent(
            EventRun run, RecordMetadata from, CounterStore store, @Nullable CounterEntry known, long streamTime) {
        switch (event.operation()) {
            case ADD -> {
                CounterEntry counter = known == null ? store.create(run.counterKey()) : known;
                long sum = counter.total() + event.value();
                if (overflows(counter.total(), event.value(), sum)) {
                    String detail = "the total " + counter.total() + " and the delta " + event.value()
                            + " add up beyond 64 bits";
                    reject(Rejection.OVERFLOW, detail, run, from);
                    store.overflowed(run.offset());
                    return false;
                }
                store.add(counter, sum, event.value(), event.occurredAtMillis(), run.offset(), streamTime);
            }
            case SET -> {
                CounterEntry counter = known == null ? store.create(run.counterKey()) : known;
                store.set(counter, event.value(), run.offset(), streamTime);
            }
            case DELETE -> {
                if (known != null && known.exists()) {
                    store.delete(known, run.offset(), streamTime);
                }
            }
            case UNKNOWN -> throw new AssertionError("seen to before");
        }
        return true;
    }

    private static boolean overflows(long total, long delta, long sum) {
        return ((total ^ sum) & (delta ^ sum)) < 0; // the sign of both differs from the sign of the sum
    }

    private void reject(Rejection rejection, String detail, EventRun run, RecordMetadata from) {
        if (feeds.include(from.partition(), run.offset())) {
            opened(context)
                    .forward(rejection.of(run.record(), from, run.offset(), detail), CounterTopology.REJECTED_SINK);
        }
        metrics.countRejected(rejection);
    }

    private void sendTotal(CounterEntry counter) {
        if (!feeds.include(partition, counter.lastOffset())) {
            return;
        }
        byte @Nullable [] value = counter.exists()
                ? totals.encode(counter.total(), counter.lastTime(), counter.lastOffset())
                : null; // a tombstone: the counter was deleted
        opened(context).forward(new Record<>(counter.key(), value, counter.lastTime()), CounterTopology.TOTALS_SINK);
    }

    private static <T> T opened(@Nullable T field) {
        if (field == null) {
            throw new IllegalStateException("The processor was used before it was initialised");
        }
        return field;
    }
}
