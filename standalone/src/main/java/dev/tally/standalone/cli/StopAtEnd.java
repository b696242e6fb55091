package dev.tally.standalone.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Stops the stock console consumer when it has read what the topic contained at the start.
 *
 * <p>The number of messages does not show the end: transaction markers and the gaps of a compacted topic have offsets
 * but are not messages. A pause of some seconds is no end either. The consumer's positions include both, and an
 * interceptor receives them with every poll. When all positions have reached the end, it runs the tool's own reaction
 * to Ctrl-C, which prints the polled messages first.
 *
 * <p>Kafka creates the interceptor by its class name, so the stop action is passed through a static field. There is one
 * console consumer at a time in a process.
 */
public final class StopAtEnd implements ConsumerInterceptor<Object, Object> {

    /** The consumer property with the offsets at which to stop: {@code 0:120,3:7}, as {@link #format} writes it. */
    static final String UNREAD = "tally.unread";

    private static final AtomicReference<@Nullable Runnable> STOP = new AtomicReference<>();

    private final Map<Integer, Long> unread = new TreeMap<>();

    /** @param stop called once at the end of the topic, on a separate thread */
    static void onEnd(Runnable stop) {
        STOP.set(stop);
    }

    static String format(Map<Integer, Long> unread) {
        StringBuilder text = new StringBuilder();
        unread.forEach((partition, end) -> text.append(text.isEmpty() ? "" : ",")
                .append(partition)
                .append(':')
                .append(end));
        return text.toString();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        for (String end : String.valueOf(configs.get(UNREAD)).split(",", -1)) {
            int colon = end.indexOf(':');
            unread.put(Integer.valueOf(end.substring(0, colon)), Long.valueOf(end.substring(colon + 1)));
        }
    }

    /** Called with every poll that moved a position, with or without records. */
    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        records.nextOffsets().forEach((partition, next) -> {
            Long end = unread.get(partition.partition());
            if (end != null && next.offset() >= end) {
                unread.remove(partition.partition());
            }
        });
        Runnable stop = unread.isEmpty() ? STOP.getAndSet(null) : null;
        if (stop != null) {
            new Thread(stop, "end-of-topic").start();
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
