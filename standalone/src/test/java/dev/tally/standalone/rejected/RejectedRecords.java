package dev.tally.standalone.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.Operation;
import dev.tally.schemas.topic.RejectedHeaders;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records of {@code tally.events.rejected}, as counting writes them. */
final class RejectedRecords {
    static final long OCCURRED_AT = 1_700_000_000_000L;

    private static final EventEncoder EVENTS = EventEncoder.released();

    private RejectedRecords() {}

    static byte[] add(long delta, @Nullable String id) {
        return EVENTS.encode(Operation.ADD, delta, id, OCCURRED_AT, "stock");
    }

    /** @param origin {@code partition-offset} */
    static ConsumerRecord<byte[], byte[]> of(
            String origin, String reason, @Nullable String key, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("rid", "till-3".getBytes(UTF_8));
        headers.add(RejectedHeaders.REASON, reason.getBytes(UTF_8));
        headers.add(RejectedHeaders.DETAIL, "why".getBytes(UTF_8));
        headers.add(RejectedHeaders.TOPIC, Topics.EVENTS.getBytes(UTF_8));
        int dash = origin.indexOf('-');
        headers.add(RejectedHeaders.PARTITION, origin.substring(0, dash).getBytes(UTF_8));
        headers.add(RejectedHeaders.OFFSET, origin.substring(dash + 1).getBytes(UTF_8));
        return new ConsumerRecord<>(
                Topics.REJECTED,
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key == null ? null : key.getBytes(UTF_8),
                value,
                headers,
                Optional.empty());
    }
}
