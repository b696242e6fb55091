package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Api;
import dev.tally.system.client.CounterRead;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.TallyProcess;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.log.Poison;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A process exits when its counting cannot continue, so that no process answers for a dead stream thread. */
@ParameterizedClass
@EnumSource(
        value = SetUp.class,
        names = {"UP", "PARTS"})
class DeadStreamThreadIT {
    private static final CounterName COUNTER = CounterName.of("dead", "counter");
    private static final Duration END_MAX = Duration.ofSeconds(60);

    @Parameter
    SetUp setUp;

    private TallySystem system;

    @AfterEach
    void close() {
        system.close();
    }

    @Test
    void shouldEndTheProcessThatCountsWhenAnEventIsOfTheFuture() throws IOException {
        // given
        system = setUp.create("dead-counting");
        system.start();
        Api api = new Api(system);
        assertThat(api.postEmpty(COUNTER).status()).isEqualTo(202);
        TallyProcess counts = system.processes().get(setUp == SetUp.UP ? "up" : "counter-streams");

        // when
        try (Poison poison = new Poison(system.kafka(), system.partitions())) {
            poison.put(COUNTER.key(), Poison.operationOfTheFuture());
        }

        // then
        assertThat(counts.awaitExit(END_MAX)).as(counts.errTail()).isEqualTo(1);
        assertThat(counts.err())
                .contains("asks for an operation that this version does not know: upgrade counter-streams before");
        if (setUp == SetUp.PARTS) {
            assertThat(api.postEmpty(COUNTER).status()).isEqualTo(202);
            CounterRead read = api.read(COUNTER);
            assertThat(read.code()).as(read.toString()).isEqualTo("not_ready");
        }
    }
}
