package dev.tally.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.benchmarks.process.BenchException;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisibleLoadTest {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final int READERS = 20;

    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private final Set<Object> readers = Collections.synchronizedSet(new HashSet<>());
    private volatile int readStatus = StatusCodes.OK;
    private volatile int writeStatus = StatusCodes.ACCEPTED;

    private Undertow server;
    private VisibleLoad load;

    @BeforeEach
    void start() {
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(this::answer)
                .build();
        server.start();
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        load = new VisibleLoad(port, 50, 500, READERS, 1);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void shouldReadEachWriteOnceWithItsReceiptAndByEveryReaderInTurn() {
        // when
        VisibleResult result = load.readEachWrite(SHORT);

        // then
        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
        assertThat(readers).hasSize(READERS);
        assertThat(result.asked()).isEqualTo(writes.get());
        assertThat(result.times().count()).isEqualTo(writes.get());
        assertThat(result.sentAfter().count()).isEqualTo(writes.get());
        assertThat(result.late().count()).isEqualTo(writes.get());
        assertThat(writes.get()).isEqualTo(350); // all writes that were due, even late ones
        assertThat(result.writesPerSecond()).isPositive();
    }

    @Test
    void shouldReadEachBatchByAllReadersWhileSingleWritesGoOn() {
        // when
        VisibleResult result = load.readAllAtOnce(SHORT);

        // then
        assertThat(batches.get()).isPositive();
        assertThat(read).hasSize(batches.get() * READERS);
        assertThat(Set.copyOf(read)).hasSize(batches.get() * READERS); // each with a different counter or receipt
        assertThat(readers).hasSize(READERS);
        assertThat(result.asked()).isEqualTo(read.size());
        assertThat(result.times().count()).isEqualTo(read.size());
        assertThat(writes.get()).isEqualTo(350);
    }

    @Test
    void shouldReadOtherTargetsInTurnWhileEachWriteIsRead() {
        // when
        VisibleResult result = load.readEachWrite(SHORT, 2, List.of("/a", "/b"));

        // then
        List<String> others = read.stream()
                .filter(each -> each.startsWith("/a") || each.startsWith("/b"))
                .toList();
        assertThat(result.others()).isEqualTo(others.size()).isPositive();
        assertThat(Set.copyOf(others)).hasSize(2);
        assertThat(result.asked()).isEqualTo(writes.get());
    }

    @Test
    void shouldEndWhenAReadIsAnsweredOtherwise() {
        // given
        readStatus = StatusCodes.SERVICE_UNAVAILABLE;

        // then
        assertThatThrownBy(() -> load.readEachWrite(SHORT))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("?after=0-")
                .hasMessageContaining("503");
    }

    @Test
    void shouldEndWhenAWriteIsRefused() {
        // given
        writeStatus = StatusCodes.SERVICE_UNAVAILABLE;

        // then
        assertThatThrownBy(() -> load.readAllAtOnce(SHORT))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("503");
    }

    private void answer(HttpServerExchange exchange) {
        String target = exchange.getRequestURI();
        if (exchange.getRequestMethod().equalToString("GET")) {
            readers.add(exchange.getConnection());
            read.add(target + "?" + exchange.getQueryString());
            exchange.setStatusCode(readStatus).getResponseSender().send("{}");
            return;
        }
        exchange.getRequestReceiver().receiveFullString((received, body) -> {
            boolean isBatch = target.equals("/v1/events");
            String receipt = isBatch ? "1-" + batches.getAndIncrement() : "0-" + writes.getAndIncrement();
            if (!isBatch) {
                written.add(target + "?after=" + receipt + "&wait=30s");
            }
            received.getResponseHeaders().put(new HttpString("Tally-Receipt"), receipt);
            received.setStatusCode(writeStatus).getResponseSender().send("{}");
        });
    }
}
