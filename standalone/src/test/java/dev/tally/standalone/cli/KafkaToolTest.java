package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaToolTest {

    static Stream<String> names() {
        return KafkaTool.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldBeOnTheClassPath(String name) {
        // given
        KafkaTool tool = KafkaTool.named(name);

        // when / then
        assertThatCode(() -> Class.forName(tool.mainClass()).getMethod("main", String[].class))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldAddTheBootstrapServersWhenTheyAreNotGiven() {
        assertThat(KafkaTool.named("features").complete(List.of("describe"), "h:1"))
                .containsExactly("--bootstrap-server", "h:1", "describe");
        assertThat(KafkaTool.named("cluster").complete(List.of("cluster-id"), "h:1"))
                .containsExactly("cluster-id", "--bootstrap-server", "h:1");
    }

    @Test
    void shouldKeepTheArgumentsWhenTheyNameTheServers() {
        // given
        List<String> separate = List.of("--list", "--bootstrap-server", "h:2");
        List<String> joined = List.of("--list", "--bootstrap-server=h:2");
        List<String> controller = List.of("--bootstrap-controller", "h:3", "describe");

        // when / then
        assertThat(KafkaTool.named("topics").complete(separate, "h:1")).isEqualTo(separate);
        assertThat(KafkaTool.named("topics").complete(joined, "h:1")).isEqualTo(joined);
        assertThat(KafkaTool.named("features").complete(controller, "h:1")).isEqualTo(controller);
    }

    @Test
    void shouldKeepTheArgumentsWhenTheToolDoesNotConnect() {
        assertThat(KafkaTool.named("dump-log").complete(List.of("--files", "x"), "h:1"))
                .containsExactly("--files", "x");
    }
}
