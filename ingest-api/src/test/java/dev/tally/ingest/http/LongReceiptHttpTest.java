package dev.tally.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.ingest.log.ScriptedProducer;
import dev.tally.schemas.read.Receipts;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A batch that is written to the maximum number of partitions of a topic. */
class LongReceiptHttpTest {
    @Test
    void shouldGiveOutALongReceiptInTheBodyOnly() {
        try (IngestUnderTest ingest = new IngestUnderTest(new ScriptedProducer(Receipts.PARTITIONS_MAX))) {
            // given
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                body.append("{\"namespace\":\"shop\",\"counter\":\"c").append(i).append("\"}\n");
            }

            // when
            HttpResponse<String> answer = ingest.acknowledged(ingest.send("POST", "/v1/events", body.toString()));

            // then
            assertThat(answer.statusCode()).isEqualTo(202);
            String receipt = answer.body().replaceFirst(".*\"receipt\":\"([^\"]*)\".*", "$1");
            assertThat(receipt).hasSizeGreaterThan(Receipts.HEADER_CHARS_MAX);
            assertThat(Receipts.parse(receipt)).hasToString(receipt);
            assertThat(answer.headers().firstValue("Tally-Receipt")).isEmpty();
        }
    }
}
