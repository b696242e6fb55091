package dev.tally.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tally.benchmarks.process.Children;
import dev.tally.benchmarks.process.Installed;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrkTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 4;

    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final Set<String> targets = ConcurrentHashMap.newKeySet();
    private volatile int status = StatusCodes.ACCEPTED;

    @TempDir
    private Path directory;

    private Undertow server;
    private Children children;
    private Wrk wrk;

    @BeforeEach
    void start() {
        assumeThat(Installed.has("wrk")).as("wrk is installed").isTrue();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(this::answer)
                .build();
        server.start();
        children = Children.open(directory);
        wrk = Wrk.in(directory, children);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            children.close();
            server.stop();
        }
    }

    @Test
    void shouldSendEveryHitOfTheListWhenRun() {
        // given
        RequestList hits = RequestList.hits(directory, 50, 200, 1);

        // when
        WrkResult result = wrk.run(port(), hits, CONNECTIONS, SHORT);

        // then
        assertThat(result.answered()).isPositive();
        assertThat(result.refused()).isZero();
        assertThat(result.broken()).isZero();
        assertThat(result.cpu()).isPositive();
        assertThat(bodies).containsExactly("{\"delta\":1}");
        assertThat(targets).contains("/v1/counters/bench/c-0").hasSizeBetween(2, 50);
    }

    @Test
    void shouldSendTheBodiesInTurnWhenTheyAreBatches() {
        // given
        RequestList batches = RequestList.batches(directory, 50, 10, 3, 1);

        // when
        WrkResult result = wrk.run(port(), batches, CONNECTIONS, SHORT);

        // then
        assertThat(result.answered()).isPositive();
        assertThat(bodies).hasSize(3).allMatch(body -> body.lines().count() == 10);
        assertThat(targets).containsExactly("/v1/events");
    }

    @Test
    void shouldCountAsRefusedWhenTheAnswerIsAnError() {
        // given
        status = StatusCodes.SERVICE_UNAVAILABLE;

        // when
        WrkResult result = wrk.run(port(), RequestList.reads(directory, 50, 200, 1), CONNECTIONS, SHORT);

        // then
        assertThat(result.refused()).isPositive();
        assertThat(result.answered()).isZero();
    }

    @Test
    void shouldSendTheSameHitsAsKeysWhenTheyAreForRedis() {
        // given
        RequestList incrs = RequestList.redis(directory, "INCR", 50, 200, 1);

        // when
        WrkResult result = wrk.run(port(), incrs, CONNECTIONS, SHORT);

        // then
        assertThat(result.answered()).isPositive();
        assertThat(bodies).containsExactly("");
        assertThat(targets).contains("/INCR/bench:c-0").hasSizeBetween(2, 50);
    }

    private void answer(HttpServerExchange exchange) {
        targets.add(exchange.getRequestURI());
        exchange.getRequestReceiver().receiveFullString((received, body) -> {
            bodies.add(body);
            received.setStatusCode(status);
            received.endExchange();
        });
    }

    private int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }
}
