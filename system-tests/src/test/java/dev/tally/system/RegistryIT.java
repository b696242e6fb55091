package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.Frame;
import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Hit;
import dev.tally.system.client.Http;
import dev.tally.system.client.RegistryApi;
import dev.tally.system.guarantee.AcknowledgedIsCounted;
import dev.tally.system.guarantee.ExactCountAtReceipt;
import dev.tally.system.guarantee.Guarantee;
import dev.tally.system.guarantee.HonestAnswers;
import dev.tally.system.guarantee.NeverAWrongZero;
import dev.tally.system.guarantee.Run;
import dev.tally.system.guarantee.UnacknowledgedAddsAtMostItself;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.PartsSystem;
import dev.tally.system.harness.RegistrySystem;
import dev.tally.system.harness.UpSystem;
import dev.tally.system.load.Load;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.Poison;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Four processes and a real schema registry, which holds the schemas, becomes unavailable and returns. */
class RegistryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than the session timeout of a group member and than the transaction timeout. */
    private static final Duration AWAY = Duration.ofSeconds(15);
    /** Higher than any ID that the registry has assigned. */
    private static final int NO_SUCH_ID = 1_000_000;

    private static RegistrySystem system;
    private static RegistryApi registry;
    private static Api api;

    @BeforeAll
    static void start() {
        system = new RegistrySystem("registry");
        system.start();
        registry = new RegistryApi(system.registry());
        api = new Api(system);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void shouldRegisterTheReleasedSchemasAndWriteTheirIds() throws Exception {
        // given
        CounterName counter = CounterName.of("registry", "ids");

        // when
        hit(counter, 3);

        // then
        awaitTotal(counter, 3);
        assertThat(registry.level("tally.events-value")).isEqualTo("BACKWARD");
        assertThat(registry.level("tally.totals-value")).isEqualTo("BACKWARD");
        await("the total in the feed")
                .atMost(PATIENCE)
                .until(() -> ids(Topics.TOTALS, counter), List.of(registry.latestId("tally.totals-value"))::equals);
        assertThat(ids(Topics.EVENTS, counter)).containsExactly(registry.latestId("tally.events-value"));
        assertThat(system.tally("events", counter.toString()).orFail().out()).contains("\tregistry/ids\tadd\t3\t-");
        assertThat(system.tally("totals", counter.toString()).orFail().out()).contains("registry/ids\t3\t");
    }

    @Test
    void shouldCountALogThatMixesFixedIdsAndThoseOfTheRegistry() throws Exception {
        // given
        CounterName counter = CounterName.of("registry", "mixed");
        int newer = registry.register("newer-value", RegistryApi.eventWithOneFieldMore("newer"));

        // when
        try (Poison poison = new Poison(system.kafka(), system.partitions())) {
            poison.put(counter.key(), Poison.add(100));
            hit(counter, 20);
            poison.put(counter.key(), eventWithOneFieldMore(newer, 3));
            poison.put(counter.key(), new EventEncoder(NO_SUCH_ID).encode(Operation.ADD, 5_000, null, 0, null));
            poison.put(counter.key(), Poison.add(100));
        }

        // then
        awaitTotal(counter, 223);
        assertThat(ids(Topics.EVENTS, counter))
                .containsExactly(
                        ReleasedSchemas.get().eventId(),
                        registry.latestId("tally.events-value"),
                        newer,
                        NO_SUCH_ID,
                        ReleasedSchemas.get().eventId());
        await("the trace").atMost(PATIENCE).until(() -> ids(Topics.REJECTED, counter), List.of(NO_SUCH_ID)::equals);
        assertThat(system.tally("rejected").orFail().out()).contains("unknown schema id " + NO_SUCH_ID);
        assertThat(system.tally("audit", "registry").orFail().lines())
                .singleElement()
                .asString()
                .endsWith(", 0 mismatches");
    }

    @Test
    void shouldRejectNothingAndLoseNothingWhenTheRegistryIsKilledUnderLoad() throws Exception {
        // given
        long seed = Options.seed();
        Options.say("registry away: seed %d (-Dtally.seed)", seed);
        CounterName counter = CounterName.of("registry", "stalled");
        int newer = registry.register("stalled-value", RegistryApi.eventWithOneFieldMore("stalled"));
        long streamsPid = system.processes().get(PartsSystem.STREAMS).pid();

        // when
        Run run;
        long start;
        try (Load load = Load.start(system, "registry-away", seed);
                Poison poison = new Poison(system.kafka(), system.partitions())) {
            load.awaitProgress(300);
            system.server().kill();
            poison.put(counter.key(), eventWithOneFieldMore(newer, 7));
            awaitReadiness(PartsSystem.STREAMS, 503, "waits for schema " + newer);
            start = System.nanoTime();
            assertThat(api.read(counter).code()).isEqualTo("not_ready");
            assertThat(Http.get(system.writeUrl().resolve("/readyz")).status()).isEqualTo(200);
            CommandRun events = system.tally("events", counter.toString());
            assertThat(events.exitCode()).as(events.err()).isEqualTo(1);
            assertThat(events.err()).contains("cannot be reached").doesNotContain("\tat ");
            await("a long absence").atMost(PATIENCE).until(() -> System.nanoTime() - start > AWAY.toNanos());
            load.awaitProgress(300);
            assertThat(api.read(counter).code()).isEqualTo("not_ready");
            system.server().start();
            awaitReadiness(PartsSystem.STREAMS, 200, "");
            load.awaitProgress(300);
            run = load.settle();
        }

        // then
        Options.say("registry away: %s", Figures.of(run));
        awaitTotal(counter, 7);
        assertThat(ids(Topics.REJECTED, counter)).isEmpty();
        assertThat(system.processes().get(PartsSystem.STREAMS).pid()).isEqualTo(streamsPid);
        assertThat(system.processes().get(PartsSystem.STREAMS).isAlive()).isTrue();
        Guarantee.judge(
                run,
                new AcknowledgedIsCounted(),
                new UnacknowledgedAddsAtMostItself(),
                new ExactCountAtReceipt(),
                new NeverAWrongZero(),
                new HonestAnswers(Set.of(), Set.of("not_ready"), Duration.ofSeconds(30)));
    }

    @Test
    void shouldServeTheRegistrysSchemasWhenEverythingIsInOneProcess() throws Exception {
        try (UpSystem up = new UpSystem("registry", Map.of("TALLY_SCHEMA_REGISTRY_URL", system.registry()))) {
            // when
            up.start();
            Answer registered =
                    Http.get(up.readUrl().resolve("/schemas/ids/" + registry.latestId("tally.totals-value")));
            Answer released = Http.get(
                    up.readUrl().resolve("/schemas/ids/" + ReleasedSchemas.get().totalId()));
            Answer none = Http.get(up.readUrl().resolve("/schemas/ids/" + NO_SUCH_ID));

            // then
            assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
            assertThat(registered.json().path("schema").asText()).contains("CounterTotal");
            assertThat(released.json().path("schema").asText()).contains("CounterTotal");
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.json().path("error_code").asInt()).isEqualTo(40403);
        }
    }

    private static void hit(CounterName counter, long delta) throws IOException {
        Answer answer = api.post(new Hit(counter, delta, ""));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    private static void awaitTotal(CounterName counter, long total) {
        await("the total of " + counter)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.read(counter).total()).isEqualTo(total));
    }

    static void awaitReadiness(String service, int status, String detail) {
        awaitReadiness(system.services().get(service), status, detail);
    }

    static void awaitReadiness(URI service, int status, String detail) {
        await("readiness of " + service).atMost(PATIENCE).untilAsserted(() -> {
            Answer answer = Http.get(service.resolve("/readyz"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.body()).contains(detail);
        });
    }

    /** An ADD in the layout of the current event, followed by one int. */
    private static byte[] eventWithOneFieldMore(int schemaId, long delta) {
        byte[] event = new EventEncoder(schemaId).encode(Operation.ADD, delta, null, 1_700_000_000_000L, "newer");
        return Arrays.copyOf(event, event.length + 1); // the int 0
    }

    /** The schema IDs of one counter's records in a topic. */
    private static List<Integer> ids(String topic, CounterName counter) {
        try (EventTopic events = new EventTopic(system.kafka(), system.partitions(), system.registry())) {
            return events.records(topic).stream()
                    .filter(record -> Arrays.equals(record.key(), counter.key()))
                    .map(ConsumerRecord::value)
                    .map(Frame::schemaId)
                    .toList();
        }
    }
}
