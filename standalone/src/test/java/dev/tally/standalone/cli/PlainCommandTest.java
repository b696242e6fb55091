package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainCommandTest {

    private ScriptedTally tally;

    @BeforeEach
    void startServer() throws IOException {
        tally = new ScriptedTally();
    }

    @AfterEach
    void stopServer() {
        tally.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hit shop/sold", "get shop/sold", "hit shop/a/b", "get shop/ü"})
    void shouldTakeACommandWithoutOptions(String arguments) {
        assertThat(PlainCommand.of(new PrintWriter(new StringWriter()), arguments.split(" ")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hit",
                "hit --help",
                "hit @arguments",
                "hit @arguments/file",
                "hit shop",
                "hit Shop/sold",
                "hit shop/",
                "hit shop/.",
                "hit shop/\uFFFD",
                "hit shop/sold --json",
                "get --json shop/sold",
                "list shop/sold",
                "--help",
                "count shop/sold",
            })
    void shouldLeaveEverythingElseToPicocli(String arguments) {
        assertThat(PlainCommand.of(new PrintWriter(new StringWriter()), arguments.split(" ")))
                .isNull();
    }

    @Test
    void shouldSendAndPrintTheSameAsThroughPicocli() throws Exception {
        // given
        tally.answers(200, "{\"receipt\":\"3-55\",\"total\":42}");
        CounterName sold = CounterName.of("shop", "sold");

        // when
        tally.parsed(new HitCommand(), "shop/sold").hit(tally.client(), tally.printer());
        tally.parsed(new GetCommand(), "shop/sold").get(tally.client(), tally.printer());
        new HitCommand(sold).hit(tally.client(), tally.printer());
        new GetCommand(sold).get(tally.client(), tally.printer());

        // then
        assertThat(tally.asked).hasSize(4);
        assertThat(tally.asked.subList(2, 4)).isEqualTo(tally.asked.subList(0, 2));
        assertThat(tally.out.toString().lines()).containsExactly("3-55", "42", "3-55", "42");
    }
}
