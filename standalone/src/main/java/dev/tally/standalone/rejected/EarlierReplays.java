package dev.tally.standalone.rejected;

import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.topic.Topics;
import dev.tally.standalone.rejected.ReplayDecision.Append;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The rejected events that are in the log again, as the log itself shows. So a repeated replay appends nothing twice, also
 * after the deduplication window. About 100 bytes of memory for each.
 */
final class EarlierReplays {
    private final int partitions;
    /** The first offset at which an earlier replay of one of the events can be, by partition. */
    private final Map<Integer, Long> starts = new TreeMap<>();

    private final Set<Receipt> origins = new HashSet<>();

    /** @param partitions of {@code tally.events} */
    EarlierReplays(int partitions) {
        this.partitions = partitions;
    }

    /** Takes note of an event whose earlier replay {@link #find} must find. */
    void include(Append append) {
        int partition = Placement.partition(append.counter().key(), partitions);
        Receipt origin = append.origin();
        // An event that was on the wrong partition can be anywhere in the right one.
        long start = origin.partition() == partition ? origin.offset() + 1 : 0;
        starts.merge(partition, start, Math::min);
    }

    /** Reads the log, from the oldest event that is included to the end. */
    void find(Consumer<byte[], byte[]> log) {
        List<TopicPartition> included = starts.keySet().stream()
                .map(partition -> new TopicPartition(Topics.EVENTS, partition))
                .toList();
        Map<Integer, Long> ends = new TreeMap<>();
        log.endOffsets(included).forEach((partition, end) -> ends.put(partition.partition(), end));
        TopicScan.read(log, Topics.EVENTS, starts, ends, event -> {
            Receipt origin = ReplayRecord.origin(event.headers());
            if (origin != null) {
                origins.add(origin);
            }
            return true;
        });
    }

    /** The set of the events found, for the caller to add to. */
    Set<Receipt> origins() {
        return new HashSet<>(origins);
    }
}
