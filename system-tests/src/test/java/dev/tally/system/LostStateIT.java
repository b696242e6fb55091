package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.system.client.Answer;
import dev.tally.system.client.Http;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.PartsSystem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator whose changelog was deleted reads in /readyz what to do, and does it. No process is restarted. */
class LostStateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PartsSystem system = new PartsSystem("lost-state");

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldDoWhatTheServiceSaysWhenTheChangelogIsLost() throws Exception {
        // given
        system.start();
        hit();
        hit();
        awaitTotal(2);
        system.stop(PartsSystem.STREAMS);
        assertThat(system.tally("kafka", "topics", "--delete", "--topic", "tally-g1-counters-changelog")
                        .exitCode())
                .isZero();
        hit();

        // when
        system.launch(PartsSystem.STREAMS);

        // then
        URI readiness = system.services().get(PartsSystem.STREAMS).resolve("/readyz");
        await("the sentence")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> Http.get(readiness).body().contains("count again with scripts/tally rebuild"));
        assertThat(Http.get(readiness).status()).isEqualTo(503);
        assertThat(Http.get(sold()).status()).isEqualTo(503);
        assertThat(system.tally("get", "lost/sold").exitCode()).isEqualTo(1);

        // when
        CommandRun rebuild = system.tally("rebuild", "--yes");

        // then
        assertThat(rebuild.out())
                .as(rebuild.toString())
                .isEqualTo("Generation g2 is live. The state of generation g1 cannot be used: scripts/tally drop g1"
                        + " deletes it\n");
        assertThat(rebuild.exitCode()).isZero();
        awaitTotal(3);
        assertThat(system.tally("generations").out())
                .contains("cannot be used: The changelog topic tally-g1-counters-changelog does not exist");
        assertThat(system.tally("rollback").err()).contains("The state of generation g1 cannot be used");
        assertThat(system.tally("drop", "g1").out()).isEqualTo("Generation g1 is deleted\n");
        assertThat(system.tally("audit").out()).startsWith("1 counters, 3 events, 0 mismatches");
    }

    private void hit() throws Exception {
        Answer answer = Http.post(system.writeUrl().resolve("/v1/counters/lost/sold"), "", "application/json");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    }

    private URI sold() {
        return system.readUrl().resolve("/v1/counters/lost/sold");
    }

    private void awaitTotal(int total) {
        await("the total")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> Http.get(sold()).json().path("total").asInt() == total);
    }
}
