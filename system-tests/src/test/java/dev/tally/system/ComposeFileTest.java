package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.Engine;
import dev.tally.system.harness.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code compose/kafka.yml} as docker-compose itself reads it, with one broker and with three. No container engine is
 * needed.
 */
class ComposeFileTest {
    private static final Path COMPOSE = Repository.root().resolve("compose");
    private static final Pattern VARIABLE = Pattern.compile("TALLY_[A-Z_]+");
    private static final List<String> OURS = List.of("ingest-api", "counter-streams", "query-api");
    private static final List<String> BROKERS = List.of("kafka", "kafka-2", "kafka-3");
    private static final String SECOND_STREAMS = "counter-streams-2";
    private static final String REPLICATION = "TALLY_REPLICATION_FACTOR";

    @TempDir
    Path bin;

    @Test
    void shouldBeValidAndBoundedInEveryServiceWhenReadByCompose() throws IOException {
        for (JsonNode services : List.of(services(), services("--env-file", "three.env"))) {
            assertThat(names(services)).containsAll(OURS).containsAll(BROKERS).contains("registry");
            services.properties().forEach(service -> assertBounded(service.getKey(), service.getValue()));
        }
    }

    @Test
    void shouldHaveOneBrokerUnlessThreeAreAskedFor() throws IOException {
        // when
        JsonNode one = services();
        JsonNode three = services("--env-file", "three.env");

        // then
        for (JsonNode services : List.of(one, three)) {
            assertThat(names(services))
                    .allMatch(name -> services.path(name).has("profiles")
                            == List.of("kafka-2", "kafka-3", SECOND_STREAMS).contains(name));
            assertThat(services.path("kafka-2").path("profiles").path(0).asText())
                    .isEqualTo("three");
            assertThat(services.path("kafka-3").path("profiles").path(0).asText())
                    .isEqualTo("three");
        }
        assertThat(Files.readAllLines(COMPOSE.resolve("three.env"))).contains("COMPOSE_PROFILES=three");
        for (String service : List.of("ingest-api", "counter-streams")) {
            assertThat(environment(one, service)).containsEntry(REPLICATION, "1");
            assertThat(environment(three, service)).containsEntry(REPLICATION, "3");
            assertThat(environment(three, service).get("TALLY_KAFKA_BOOTSTRAP_SERVERS"))
                    .contains("kafka:19092", "kafka-2:19092", "kafka-3:19092");
        }
        for (String broker : BROKERS) {
            assertThat(environment(three, broker))
                    .containsEntry("KAFKA_DEFAULT_REPLICATION_FACTOR", "3")
                    .containsEntry("KAFKA_MIN_INSYNC_REPLICAS", "2")
                    .containsEntry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "3")
                    .containsEntry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "2")
                    .containsEntry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "3");
        }
    }

    /**
     * The address that an instance listens on cannot be used to reach it, and Kafka Streams tells every instance the
     * addresses of the others.
     */
    @Test
    void shouldGiveEachInstanceOfCounterStreamsAnAddressPortAndStateOfItsOwn() throws IOException {
        // given
        JsonNode services = services();
        Map<String, JsonNode> instances = services.properties().stream()
                .filter(service -> service.getKey().startsWith("counter-streams"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(instances).containsOnlyKeys("counter-streams", SECOND_STREAMS);
        assertThat(Files.readString(COMPOSE.resolve("Dockerfile")))
                .contains("ENV TALLY_HTTP_HOST=0.0.0.0", "ENTRYPOINT [\"/opt/tally/counter-streams\"]");

        for (String instance : instances.keySet()) {
            // when
            CommandRun started =
                    entryPoint(instances.get(instance).path("hostname").asText(), environment(services, instance));

            // then
            assertThat(started.out()).isEqualTo(instance + ":8082\n");
        }
        assertThat(entryPoint("any", Map.of("TALLY_HTTP_PORT", "1")).out()).isEqualTo("any:1\n");
        assertThat(entryPoint("any", Map.of("TALLY_STREAMS_ENDPOINT", "10.0.0.1:2"))
                        .out())
                .isEqualTo("10.0.0.1:2\n");
        for (String own : List.of("ports", "volumes")) {
            assertThat(instances.values().stream()
                            .map(service -> service.path(own).toString())
                            .distinct())
                    .as(own)
                    .hasSameSizeAs(instances.keySet());
        }
    }

    /** Runs the image's entry point with a {@code java} that prints the address it advertises to other instances. */
    private CommandRun entryPoint(String hostName, Map<String, String> environment) throws IOException {
        Path java = bin.resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$TALLY_STREAMS_ENDPOINT\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOSTNAME", hostName);
        all.put("PATH", bin + ":" + System.getenv("PATH"));
        return CommandRun.run(all, List.of(COMPOSE.resolve("counter-streams").toString()), "")
                .orFail();
    }

    /** A service refuses to start with a variable it does not know. */
    @Test
    void shouldSetNoVariableThatIsNoSetting() throws IOException {
        // given
        Set<String> settings = variables(Repository.root().resolve("docs/configuration.md"));
        Set<String> used = new TreeSet<>();

        // when
        for (String file : List.of("kafka.yml", "three.env", "Dockerfile", "counter-streams", "README.md")) {
            used.addAll(variables(COMPOSE.resolve(file)));
        }

        // then
        assertThat(used).contains("TALLY_HTTP_PORT").isSubsetOf(settings);
    }

    /**
     * Each service listens on all interfaces of its container and refuses to do so without this setting. The other
     * containers call it by its name.
     */
    @Test
    void shouldSayThatItListensOpenlyAndByWhichNameItIsCalled() throws IOException {
        // when
        JsonNode services = services();

        // then
        for (String service : OURS) {
            assertThat(environment(services, service))
                    .containsEntry("TALLY_HTTP_OPEN", "true")
                    .containsEntry(
                            "TALLY_HTTP_HOSTS",
                            service.equals("counter-streams") ? "counter-streams,counter-streams-2" : service);
        }
        assertThat(Files.readAllLines(COMPOSE.resolve("Dockerfile"))).contains("ENV TALLY_HTTP_HOST=0.0.0.0");
    }

    private static void assertBounded(String name, JsonNode service) {
        assertThat(service.path("mem_limit").asText()).as(name).isNotEmpty();
        assertThat(service.path("cpus").asDouble()).as(name).isPositive();
        assertThat(service.path("pids_limit").asInt()).as(name).isPositive();
        assertThat(service.path("restart").asText()).as(name).isEqualTo("unless-stopped");
        assertThat(service.path("stop_signal").asText()).as(name).isEqualTo("SIGTERM");
        assertThat(service.path("stop_grace_period").asText()).as(name).isNotEmpty();
        assertThat(service.path("hostname").asText()).as(name).isEqualTo(name);
        assertThat(service.path("cap_drop").path(0).asText()).as(name).isEqualTo("ALL");
        for (String part : List.of("test", "interval", "timeout", "retries", "start_period")) {
            assertThat(service.path("healthcheck").has(part))
                    .as(name + " healthcheck " + part)
                    .isTrue();
        }
        for (JsonNode port : service.path("ports")) {
            assertThat(port.asText()).as(name).startsWith("127.0.0.1:");
        }
        if (OURS.contains(name) || name.equals(SECOND_STREAMS)) {
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.path("build").path("target").asText())
                    .as(name)
                    .isEqualTo(name.replaceAll("-[0-9]$", ""));
        } else {
            assertThat(service.path("user").asText()).as(name).isNotIn("", "root", "0");
        }
    }

    private static JsonNode services(String... options) throws IOException {
        return new YAMLMapper().readTree(compose(options, "config").out()).path("services");
    }

    private static CommandRun compose(String[] options, String... command) {
        Engine.requireCompose("compose/kafka.yml as docker-compose reads it");
        List<String> arguments = new ArrayList<>();
        for (String option : options) {
            arguments.add(
                    option.startsWith("--") ? option : COMPOSE.resolve(option).toString());
        }
        arguments.addAll(List.of(command));
        return Engine.compose(Map.of(), arguments.toArray(String[]::new)).orFail();
    }

    private static Set<String> names(JsonNode services) {
        return services.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Map<String, String> environment(JsonNode services, String service) {
        return services.path(service).path("environment").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().asText()));
    }

    private static Set<String> variables(Path file) throws IOException {
        return VARIABLE.matcher(Files.readString(file))
                .results()
                .map(found -> found.group().replaceAll("_$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
