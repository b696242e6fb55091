package dev.tally.system.exact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.topic.Topics;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import dev.tally.system.log.LogModel.EventOutcome;
import dev.tally.system.log.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a consumer of the public feeds sees over the whole run: of each counter, totals of ascending offsets, each as the log gives
 * it, the last one the final total; and each rejected event once.
 */
final class Feeds {
    private static final int FRAME_BYTES = 5;

    private Feeds() {}

    static List<String> violations(TallySystem system, LogModel log) throws IOException {
        List<String> violations = new ArrayList<>();
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            totals(topic, log, violations);
            rejected(topic, log, violations);
        }
        return violations;
    }

    private static void totals(EventTopic topic, LogModel log, List<String> violations) throws IOException {
        Map<String, FeedTotal> latest = new HashMap<>();
        Set<String> deleted = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : topic.records(Topics.TOTALS)) {
            String key = new String(record.key(), UTF_8);
            if (record.value() == null) {
                deleted.add(key);
                latest.remove(key);
                continue;
            }
            deleted.remove(key);
            FeedTotal total = read(record.value());
            FeedTotal before = latest.put(key, total);
            if (before != null && before.offset() >= total.offset()) {
                violations.add("feed: " + key + " " + total + " after " + before);
            }
            OptionalLong expected = log.totalAt(CounterName.ofKey(record.key()), total.offset());
            boolean isWrong = isOfTheClients(record) && (expected.isEmpty() || expected.getAsLong() != total.total());
            if (isWrong) {
                violations.add("feed: " + key + " " + total + " (expected: " + expected + ")");
            }
        }
        for (CounterName counter : ExactClient.names(ExactLoad.COUNTERS)) {
            FeedTotal last = latest.get(counter.toString());
            OptionalLong expected = log.total(counter);
            boolean isRight = last == null ? expected.isEmpty() : expected.equals(OptionalLong.of(last.total()));
            if (!isRight) {
                violations.add("feed: in the end " + counter + " " + last + " (expected: " + expected + ")");
            }
        }
    }

    private record FeedTotal(long total, long offset) {}

    /** The fields of a total, in the order of its schema: total, updatedAt, offset. */
    private static FeedTotal read(byte[] value) throws IOException {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, FRAME_BYTES, value.length - FRAME_BYTES, null);
        long total = in.readLong();
        in.readLong();
        return new FeedTotal(total, in.readLong());
    }

    private static void rejected(EventTopic topic, LogModel log, List<String> violations) {
        Map<String, Integer> counts = new TreeMap<>();
        Set<String> found = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : topic.records(Topics.REJECTED)) {
            String receipt = header(record, "tally.partition") + "-" + header(record, "tally.offset");
            counts.merge(receipt, 1, Integer::sum);
            if (isOfTheClients(record)) {
                found.add(receipt);
            }
        }
        counts.forEach((receipt, count) -> {
            if (count != 1) {
                violations.add("rejected " + count + " times: " + receipt);
            }
        });
        Set<String> expected = log.events().stream()
                .map(LoggedEvent::receipt)
                .filter(receipt -> isRejected(log.outcome(receipt)))
                .collect(Collectors.toSet());
        if (!expected.equals(found)) {
            Set<String> missing = new TreeSet<>(expected);
            missing.removeAll(found);
            violations.add("rejected: " + found.size() + " of " + expected.size() + ", without " + missing);
        }
    }

    /** The totals of other counters are not compared with the log, which is not read as far back. */
    private static boolean isOfTheClients(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8).startsWith(ExactClient.NAMESPACE + "/");
    }

    private static boolean isRejected(EventOutcome outcome) {
        return outcome == EventOutcome.ID_REUSED || outcome == EventOutcome.OVERFLOW;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "?" : new String(header.value(), UTF_8);
    }
}
