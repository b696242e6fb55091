package dev.tally.standalone.rejected;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.topic.EventHeaders;
import dev.tally.schemas.topic.RejectedHeaders;
import dev.tally.schemas.topic.Topics;
import dev.tally.standalone.rejected.ReplayDecision.Append;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The record of an event that is appended again: its own headers, and one that names the rejected event. */
final class ReplayRecord {
    private static final Set<String> REPLACED = Set.of(
            RejectedHeaders.REASON,
            RejectedHeaders.DETAIL,
            RejectedHeaders.TOPIC,
            RejectedHeaders.PARTITION,
            RejectedHeaders.OFFSET,
            EventHeaders.REPLAY_OF);

    private ReplayRecord() {}

    /** @param rejected the headers of the rejected event */
    static ProducerRecord<byte[], byte[]> of(Append append, Headers rejected, int partitions) {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : rejected) {
            if (!REPLACED.contains(header.key())) {
                headers.add(header);
            }
        }
        headers.add(EventHeaders.REPLAY_OF, append.origin().toString().getBytes(US_ASCII));
        byte[] key = append.counter().key();
        return new ProducerRecord<>(
                Topics.EVENTS, Placement.partition(key, partitions), null, key, append.value(), headers);
    }

    /** The rejected event that an event of the log repeats; null if it repeats none. */
    static @Nullable Receipt origin(Headers event) {
        Header header = event.lastHeader(EventHeaders.REPLAY_OF);
        return header == null || header.value() == null
                ? null
                : ReceiptText.parse(new String(header.value(), US_ASCII));
    }
}
