package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.system.client.Api.BatchForm;
import dev.tally.system.harness.Engine;
import dev.tally.system.harness.OnKafkaSystem;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The main path on an external Kafka that runs from its own image, instead of the built-in broker. */
@Tag("docker")
class KafkaContainerIT {
    private static final String NAMESPACE = "text-container";

    private KafkaContainer kafka;
    private OnKafkaSystem system;

    @BeforeEach
    void start() {
        String what = "The main path on " + Options.kafkaImage();
        Engine.requireDocker(what);
        kafka = new KafkaContainer(
                DockerImageName.parse(Options.kafkaImage()).asCompatibleSubstituteFor("apache/kafka"));
        try {
            kafka.start();
        } catch (ContainerFetchException e) {
            Engine.skip(what, "the image is neither here nor can it be fetched (-Dtally.docker.kafka names another)");
        }
        system = new OnKafkaSystem("kafka-container", kafka.getBootstrapServers());
        system.start();
    }

    @AfterEach
    void close() {
        if (system != null) {
            system.close();
        }
        if (kafka != null) {
            kafka.stop();
        }
    }

    @Test
    void shouldCountTheWordsOfATextWhenKafkaIsAContainer() throws Exception {
        // given
        WordCounts oracle = WordCounts.byTheShell();
        TextCounting text = new TextCounting(system, oracle);

        // when
        text.postInBatches(NAMESPACE, BatchForm.NDJSON);

        // then
        text.assertTotals(List.of(NAMESPACE), 1, "after the posts");

        // when
        for (int time = 0; time < 2; time++) {
            String total = system.tally("hit", "container/one", "--delta", "41", "--id", "id-1", "--wait", "20s")
                    .orFail()
                    .out();
            assertThat(total.strip()).isEqualTo("41");
        }
        system.stop();
        system.start();

        // then
        text.assertTotals(List.of(NAMESPACE), 1, "after a restart of the services");
        assertThat(system.tally("get", "container/one").orFail().lines()).containsExactly("41");
        Options.say(
                "container, %s: %d words, %d distinct, all totals right after the posts and a restart of the services",
                Options.kafkaImage(), oracle.words().size(), oracle.counts().size());
    }
}
