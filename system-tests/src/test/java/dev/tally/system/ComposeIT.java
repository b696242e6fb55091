package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.system.client.Api.BatchForm;
import dev.tally.system.harness.ComposeSystem;
import dev.tally.system.harness.SetUp;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tally as containers: the privileges of each container, and that each can be restarted without a count lost or counted
 * twice.
 */
@Tag("docker")
class ComposeIT {
    private static final String NAMESPACE = "text-compose";

    private ComposeSystem system;

    @BeforeEach
    void start() {
        system = (ComposeSystem) SetUp.COMPOSE.create("compose");
        system.start();
    }

    @AfterEach
    void close() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void shouldCountOnWhenOneContainerAfterTheOtherIsRestarted() throws Exception {
        // given
        WordCounts oracle = WordCounts.byTheShell();
        TextCounting text = new TextCounting(system, oracle);
        text.postInBatches(NAMESPACE, BatchForm.NDJSON);
        text.assertTotals(List.of(NAMESPACE), 1, "after the first posts");
        int times = 1;

        for (String container : ComposeSystem.CONTAINERS) {
            // when
            system.restart(container);

            // then
            text.assertTotals(List.of(NAMESPACE), times, "after a restart of " + container);
            text.postInBatches(NAMESPACE, BatchForm.NDJSON);
            times++;
            text.assertTotals(List.of(NAMESPACE), times, "posted after a restart of " + container);
        }
        Options.say(
                "compose: %d containers restarted one after the other, %d words posted after each, every total right",
                ComposeSystem.CONTAINERS.size(), oracle.words().size());
    }

    @Test
    void shouldRunWithoutPrivilegesAndWithinBoundsWhenUp() {
        for (String container : ComposeSystem.CONTAINERS) {
            assertThat(system.exec(container, "id", "-u")).as(container).isNotEqualTo("0");
            assertThat(system.exec(container, "grep", "CapEff", "/proc/1/status"))
                    .as(container)
                    .endsWith("0000000000000000");
            assertThat(Long.parseLong(system.inspect(container, "{{.HostConfig.Memory}}")))
                    .as(container)
                    .isPositive();
            assertThat(Long.parseLong(system.inspect(container, "{{.HostConfig.NanoCpus}}")))
                    .as(container)
                    .isPositive();
        }
        for (String service : ComposeSystem.SERVICES) {
            // Process 1 receives the signals, so it must be Java itself and not a shell.
            assertThat(system.exec(service, "cat", "/proc/1/comm")).as(service).isEqualTo("java");
            assertThat(system.inspect(service, "{{.HostConfig.ReadonlyRootfs}}"))
                    .as(service)
                    .isEqualTo("true");
        }
    }
}
