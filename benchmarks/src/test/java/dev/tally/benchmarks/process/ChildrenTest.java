package dev.tally.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> FOR_EVER = List.of("sleep", "60");

    @TempDir
    private Path logs;

    @Test
    void shouldEndEveryProcessWhenClosed() {
        // given
        Children children = Children.open(logs);
        long first = children.start("first", Map.of(), FOR_EVER).pid();
        long second = children.start("second", Map.of(), FOR_EVER).pid();

        // when
        children.close();

        // then
        assertThat(ProcessHandle.of(first)).isEmpty();
        assertThat(ProcessHandle.of(second)).isEmpty();
        assertThat(children.isEnding()).isTrue();
        assertThatThrownBy(() -> children.start("third", Map.of(), FOR_EVER)).isInstanceOf(BenchException.class);
    }

    @Test
    void shouldTellTheLastOfTheLogWhenAProcessEndsBeforeItIsReady() {
        // given
        try (Children children = Children.open(logs)) {
            Child child = children.start("broken", Map.of(), List.of("sh", "-c", "echo no port left >&2; exit 3"));

            // when // then
            assertThatThrownBy(() -> child.awaitReady(() -> false, SOON))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("broken ended with status 3")
                    .hasMessageContaining("no port left");
        }
    }

    @Test
    void shouldGiveUpWhenAProcessIsNotReadyInTime() {
        // given
        try (Children children = Children.open(logs)) {
            Child child = children.start("slow", Map.of(), FOR_EVER);

            // when // then
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(1)))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("slow was not ready");
        }
    }

    @Test
    void shouldKillAProcessWhenItTakesLongerThanItMay() throws Exception {
        // given
        try (Children children = Children.open(logs)) {
            Child slow = children.startReading("slow", Map.of(), FOR_EVER, Duration.ofMillis(50));

            // when
            try (BufferedReader output = slow.output()) {
                assertThat(output.readLine()).isNull();
            }

            // then
            assertThatThrownBy(slow::awaitEnd)
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("status 137");
        }
    }

    @Test
    void shouldAccountTheCpuTimeOfAnEndedChildWhenItWasBusy() throws Exception {
        // given
        try (Children children = Children.open(logs)) {
            Duration before = ProcessCpu.ofEndedChildren();
            Child busy = children.startReading(
                    "busy",
                    Map.of(),
                    List.of("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo $i"),
                    SOON);

            // when
            try (BufferedReader output = busy.output()) {
                assertThat(output.readLine()).isEqualTo("300000");
            }
            busy.awaitEnd();

            // then
            assertThat(ProcessCpu.ofEndedChildren()).isGreaterThan(before);
        }
    }

    @Test
    void shouldPassNoSettingOfTallyOnWhenTheBenchmarkItselfHasOne() throws Exception {
        // given
        try (Children children = Children.open(logs)) {
            Child env = children.startReading("env", Map.of("TALLY_HTTP_PORT", "1"), List.of("env"), SOON);

            // when
            try (BufferedReader output = env.output()) {
                // then
                assertThat(output.lines().filter(line -> line.startsWith("TALLY_")))
                        .containsExactly("TALLY_HTTP_PORT=1");
            }
        }
    }
}
