package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Http;
import dev.tally.system.client.RegistryApi;
import dev.tally.system.harness.PartsSystem;
import dev.tally.system.harness.RegistryFront;
import dev.tally.system.harness.RegistryServer;
import dev.tally.system.harness.RegistrySystem;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.TallyProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Startup while the registry is unavailable, holds incompatible schemas, or requires authentication. */
class RegistryStartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REFUSED = 1;

    @Test
    void shouldStartWithoutTheRegistryAndRecoverByItselfWhenItComes() throws Exception {
        try (RegistrySystem system = new RegistrySystem("registry-late")) {
            // given
            CounterName counter = CounterName.of("registry", "late");
            Api api = new Api(system);

            // when
            for (String part :
                    List.of(PartsSystem.BROKER, PartsSystem.STREAMS, PartsSystem.INGEST, PartsSystem.QUERY)) {
                system.launch(part);
            }

            // then
            for (String part : List.of(PartsSystem.STREAMS, PartsSystem.INGEST)) {
                await(part).atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
                    Answer readiness = Http.get(system.services().get(part).resolve("/readyz"));
                    assertThat(readiness.status()).isEqualTo(503);
                    assertThat(readiness.body()).contains("The schema registry http://127.0.0.1:");
                });
            }
            Answer refusal = api.postEmpty(counter);
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.code()).isEqualTo("not_ready");
            assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
            assertThat(api.read(counter).code()).isEqualTo("not_ready");

            // when
            system.server().start();
            system.awaitReady();

            // then
            assertThat(api.postEmpty(counter).status()).isEqualTo(202);
            await("the total")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.read(counter).total()).isEqualTo(1));
        }
    }

    @Test
    void shouldNotStartAndSayWhyInOneSentenceWhenTheRegistryHoldsOtherSchemas() throws Exception {
        try (RegistrySystem system = new RegistrySystem("registry-other")) {
            // given
            system.server().start();
            String other = RegistryApi.eventWithOneFieldMore("x").replace("\"long\"", "\"string\"");
            new RegistryApi(system.registry()).register("tally.events-value", other);
            system.launch(PartsSystem.BROKER);

            for (String part : List.of(PartsSystem.INGEST, PartsSystem.STREAMS)) {
                // when
                system.launch(part);
                TallyProcess process = system.processes().get(part);

                // then
                assertThat(process.awaitExit(PATIENCE)).as(process.errTail()).isEqualTo(REFUSED);
                assertThat(process.err())
                        .contains(
                                "The schema registry " + system.registry()
                                        + " has schemas of tally.events-value that are not compatible with this version of Tally")
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void shouldUseItsNamePasswordAndTruststoreAndTellNobodyWhenTheRegistryWantsThem() throws Exception {
        Path directory = Repository.emptyDirectory("registry-front");
        try (RegistryServer server = new RegistryServer("registry-guarded-server");
                RegistryFront front = front(server, directory);
                PartsSystem system = new PartsSystem("registry-guarded", front.settings())) {
            // given
            CounterName counter = CounterName.of("registry", "guarded");
            Api api = new Api(system);

            // when
            system.start();

            // then
            assertThat(api.postEmpty(counter).status()).isEqualTo(202);
            await("the total")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(api.read(counter).total()).isEqualTo(1));
            assertThat(new RegistryApi(server.url()).level("tally.totals-value"))
                    .isEqualTo("BACKWARD");
            system.processes()
                    .values()
                    .forEach(process -> assertThat(process.err()).doesNotContain(RegistryFront.PASSWORD));

            // when
            Map<String, String> wrong = new HashMap<>(front.settings());
            wrong.put("TALLY_SCHEMA_REGISTRY_PASSWORD", "not-" + RegistryFront.PASSWORD);
            wrong.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", system.kafka());
            wrong.put("TALLY_HTTP_PORT", "0");
            TallyProcess refused = TallyProcess.start("wrong-password", directory, wrong, List.of("ingest-api"));

            // then
            assertThat(refused.awaitExit(PATIENCE)).as(refused.errTail()).isEqualTo(REFUSED);
            assertThat(refused.err())
                    .contains("does not allow this user to register schemas of tally.events-value (401)")
                    .doesNotContain(RegistryFront.PASSWORD, "\tat ");
        }
    }

    private static RegistryFront front(RegistryServer server, Path directory) throws Exception {
        server.start();
        return RegistryFront.start(directory, server.url());
    }
}
