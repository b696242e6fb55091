package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an HTTP server whose answers the test sets. */
class HttpLiveStateTest {

    private static final String PAGE =
            "{\"namespace\":\"shop\",\"counters\":[],\"next\":null,\"asOf\":{\"receipt\":\"0-1\"}}";
    private static final String PROBLEM = "{\"code\":\"incomplete\",\"detail\":\"partition 2: restoring\"}";

    private final List<Long> waits = new ArrayList<>();

    private ScriptedTally tally;

    @BeforeEach
    void startServer() throws IOException {
        tally = new ScriptedTally();
    }

    @AfterEach
    void stopServer() {
        tally.close();
    }

    @Test
    void shouldAskForThePagesOfANamespace() throws Exception {
        // given
        tally.answers(200, PAGE);

        // when
        live(seconds -> {}).page("shop", null);
        live(seconds -> {}).page("shop", "AW-_");

        // then
        assertThat(tally.requests())
                .containsExactly("GET /v1/counters/shop?limit=1000", "GET /v1/counters/shop?limit=1000&cursor=AW-_");
    }

    @Test
    void shouldAskAgainAfterTheTimeThatThe503AsksFor() throws Exception {
        // given
        tally.answers(503, PROBLEM);
        tally.retryAfter = "3";

        // when
        live(seconds -> {
                    if (waits.size() == 2) {
                        tally.answers(200, PAGE);
                    }
                })
                .page("shop", null);

        // then
        assertThat(waits).containsExactly(3L, 3L);
        assertThat(tally.requests()).hasSize(3);
    }

    @Test
    void shouldGiveUpInBoundedTimeWhenThe503DoesNotEnd() {
        // given
        tally.answers(503, PROBLEM);
        tally.retryAfter = "4";

        // when, then
        assertThatThrownBy(() -> live(seconds -> {}).page("shop", null))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage(
                        "The state cannot be read: the API still answers HTTP 503 after 8 s of retries (partition 2:"
                                + " restoring)");
        assertThat(waits).containsExactly(4L, 4L);
    }

    @Test
    void shouldNotRetryOtherProblems() {
        // given
        tally.answers(500, "{\"code\":\"internal\",\"detail\":\"what is wrong\"}");

        // when, then
        assertThatThrownBy(() -> live(seconds -> {}).page("shop", null)).hasMessage("what is wrong");
        tally.answers(200, "{}");
        assertThatThrownBy(() -> live(seconds -> {}).page("shop", null))
                .hasMessageContaining("but not as Tally does. The answer has no page of counters with its receipt: {}");
        assertThat(waits).isEmpty();
    }

    private HttpLiveState live(HttpLiveState.Pause then) {
        HttpLiveState.Pause pause = seconds -> {
            waits.add(seconds);
            then.ofSeconds(seconds);
        };
        return new HttpLiveState(tally.client(), pause, Duration.ofSeconds(10));
    }
}
