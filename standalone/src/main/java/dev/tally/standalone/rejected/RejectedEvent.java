package dev.tally.standalone.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.topic.RejectedHeaders;
import dev.tally.streams.topology.Rejection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code tally.events.rejected}.
 *
 * @param origin where the event was in {@code tally.events} when it was rejected; null if the headers do not say
 * @param reason as in its header; {@code -} if there is none
 * @param headers all of them, those of the event first
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and not compared
record RejectedEvent(
        @Nullable Receipt origin, String reason, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {

    static RejectedEvent of(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        String reason = text(headers, RejectedHeaders.REASON);
        String partition = text(headers, RejectedHeaders.PARTITION);
        String offset = text(headers, RejectedHeaders.OFFSET);
        return new RejectedEvent(
                partition == null || offset == null ? null : ReceiptText.parse(partition + "-" + offset),
                reason == null ? "-" : reason,
                record.key(),
                record.value(),
                headers);
    }

    /** Whether another event of the counter has its id. */
    boolean isReuse() {
        return reason.equals(Rejection.ID_REUSED.reason());
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
