package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.topic.Topics;
import dev.tally.system.client.Api;
import dev.tally.system.client.Hit;
import dev.tally.system.client.RegistryApi;
import dev.tally.system.harness.NodeProgram;
import dev.tally.system.harness.RegistrySystem;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A third-party client of Kafka and of Confluent's registry, in another language. Tally counts the events that it writes,
 * and it can read Tally's topics.
 */
class IndependentClientIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static NodeProgram program;
    private static RegistrySystem system;

    @BeforeAll
    static void start() {
        if (!NodeProgram.isPossible()) {
            Options.say("independent client: skipped, there is no node and npm on the PATH");
        }
        assumeThat(NodeProgram.isPossible()).isTrue();
        program = NodeProgram.install();
        system = new RegistrySystem("independent");
        system.start();
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void shouldCountWhatAnIndependentClientWritesAndBeReadByIt() throws Exception {
        // given
        CounterName counter = CounterName.of("independent", "client");
        Api api = new Api(system);
        String partition = Integer.toString(Placement.partition(counter.key(), system.partitions()));

        // when
        JsonNode written = run("write", "tally.events-value", counter.toString(), partition, "40");

        // then
        assertThat(written.path("schemaId").asInt())
                .isEqualTo(new RegistryApi(system.registry()).latestId("tally.events-value"));
        await("the total")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(api.read(counter).total()).isEqualTo(40));

        // given
        CounterName ours = CounterName.of("independent", "ours");
        assertThat(api.post(new Hit(ours, 2, "")).status()).isEqualTo(202);

        // when
        JsonNode event = run("read", Topics.EVENTS, ours.toString());
        JsonNode total = run("read", Topics.TOTALS, ours.toString());

        // then
        assertThat(event.path("operation").asText()).isEqualTo("ADD");
        assertThat(event.path("value").asLong()).isEqualTo(2);
        assertThat(total.path("total").asLong()).isEqualTo(2);
        assertThat(total.path("parts").asInt()).isEqualTo(1);
        Options.say("independent client: its event was counted; it read our event %s and our total %s", event, total);
    }

    /** @param arguments without the broker and the registry, which are inserted after the command */
    private static JsonNode run(String command, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = system.kafka();
        all[2] = system.registry();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return JSON.readTree(program.run(all));
    }
}
