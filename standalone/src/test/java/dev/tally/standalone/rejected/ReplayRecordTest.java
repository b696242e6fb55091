package dev.tally.standalone.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.topic.EventHeaders;
import dev.tally.schemas.topic.Topics;
import dev.tally.standalone.rejected.ReplayDecision.Append;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ReplayRecordTest {
    private static final CounterName COUNTER = CounterName.of("shop", "sold");

    @Test
    void shouldNameTheLatestOriginAndKeepTheHeadersOfTheEvent() {
        // given: an event that was replayed before and was rejected again
        RecordHeaders headers = new RecordHeaders(
                RejectedRecords.of("0-50", "overflow", "shop/sold", null).headers());
        headers.add(EventHeaders.REPLAY_OF, "0-42".getBytes(UTF_8));

        // when
        ProducerRecord<byte[], byte[]> record =
                ReplayRecord.of(new Append(new Receipt(0, 50), COUNTER, new byte[] {1}), headers, 4);

        // then
        assertThat(record.topic()).isEqualTo(Topics.EVENTS);
        assertThat(record.partition()).isEqualTo(Placement.partition(COUNTER.key(), 4));
        assertThat(record.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly("rid=till-3", "tally.replay-of=0-50");
        assertThat(ReplayRecord.origin(record.headers())).isEqualTo(new Receipt(0, 50));
    }

    @Test
    void shouldFindNoOriginWhenTheHeaderIsMissingOrNoReceipt() {
        RecordHeaders headers = new RecordHeaders();
        assertThat(ReplayRecord.origin(headers)).isNull();
        assertThat(ReplayRecord.origin(headers.add(EventHeaders.REPLAY_OF, null)))
                .isNull();
        assertThat(ReplayRecord.origin(headers.add(EventHeaders.REPLAY_OF, "1--2".getBytes(UTF_8))))
                .isNull();
    }
}
