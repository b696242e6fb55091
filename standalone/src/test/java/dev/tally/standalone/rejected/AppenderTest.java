package dev.tally.standalone.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class AppenderTest {
    private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("topic", new byte[0]);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicInteger acknowledged = new AtomicInteger();

    @Test
    void shouldCountTheAcknowledgedRecordsAndStopAtTheFirstFailure() {
        try (Appender appender = new Appender(producer)) {
            // given
            for (int i = 0; i < 3; i++) {
                assertThat(appender.append(RECORD, acknowledged::incrementAndGet))
                        .isTrue();
            }
            producer.completeNext();
            producer.errorNext(new TimeoutException("no answer"));

            // when
            boolean goesOn = appender.append(RECORD, acknowledged::incrementAndGet);
            producer.completeNext();

            // then
            assertThat(goesOn).isFalse();
            assertThat(producer.history()).hasSize(3);
            assertThat(acknowledged).hasValue(2);
            assertThat(appender.finish()).hasMessage("no answer");
        }
    }

    @Test
    void shouldFailWhenTheProducerRefusesARecord() {
        try (Appender appender = new Appender(producer)) {
            // given
            producer.sendException = new TimeoutException("no metadata");

            // when, then
            assertThat(appender.append(RECORD, acknowledged::incrementAndGet)).isFalse();
            assertThat(appender.finish()).hasMessage("no metadata");
        }
    }
}
