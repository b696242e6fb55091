package dev.tally.benchmarks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DslCountingTest {
    private final EventEncoder encoder = EventEncoder.released();

    @TempDir
    private Path state;

    @Test
    void shouldPutOutEveryTotalWhenEventsAreAdded() {
        // given
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        try (TopologyTestDriver driver = new TopologyTestDriver(DslCounting.topology(), properties)) {
            TestInputTopic<byte[], byte[]> events =
                    driver.createInputTopic(Topics.EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
            TestOutputTopic<String, DslRecords.Total> totals = driver.createOutputTopic(
                    DslCounting.OUTPUT,
                    new StringDeserializer(),
                    DslRecords.totals().deserializer());

            // when
            events.pipeInput(bytes("bench/c-1"), encoder.encode(Operation.ADD, 2, null, 1_000, null));
            events.pipeInput(bytes("bench/c-2"), encoder.encode(Operation.ADD, 7, null, 1_001, null));
            events.pipeInput(bytes("bench/c-1"), encoder.encode(Operation.ADD, 3, null, 1_002, null));

            // then
            assertThat(totals.readKeyValuesToMap())
                    .containsEntry("bench/c-1", new DslRecords.Total(5, 1_002))
                    .containsEntry("bench/c-2", new DslRecords.Total(7, 1_001))
                    .hasSize(2);
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
