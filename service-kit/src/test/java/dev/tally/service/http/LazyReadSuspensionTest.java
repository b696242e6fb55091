package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.service.http.connection.LazyReadSuspension;
import dev.tally.service.http.response.Response;
import dev.tally.testkit.RawClient;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xnio.channels.Configurable;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

class LazyReadSuspensionTest {
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** The calls that reach the selector, in order. */
    private final List<String> calls = new ArrayList<>();

    private ReadReadyHandler selector;
    private int reads;

    private final ConduitStreamSourceChannel channel = new ConduitStreamSourceChannel(Configurable.EMPTY, recording());

    LazyReadSuspensionTest() {
        LazyReadSuspension.on(channel);
        channel.setReadListener(readable -> reads++);
        calls.clear();
    }

    @Test
    void shouldLeaveTheSelectorAloneWhenReadsAreSuspendedAndResumedAndNothingComes() {
        // given
        channel.resumeReads();
        calls.clear();

        // when
        for (int request = 0; request < 3; request++) {
            channel.suspendReads();
            assertThat(channel.isReadResumed()).isFalse();
            channel.resumeReads();
        }

        // then
        assertThat(calls).doesNotContain("suspendReads");
        selector.readReady();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void shouldSuspendInTheSelectorWhenSomethingComesMeanwhileAndReadItWhenResumed() {
        // given
        channel.resumeReads();
        channel.suspendReads();
        calls.clear();

        // when
        selector.readReady();

        // then
        assertThat(calls).containsExactly("suspendReads");
        assertThat(reads).isZero();

        // when
        channel.resumeReads();
        selector.readReady();

        // then
        assertThat(calls).containsExactly("suspendReads", "resumeReads");
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void shouldAnswerInOrderWhenRequestsComeWhileTheFirstIsHeld() throws Exception {
        try (TestServer server = new TestServer();
                RawClient client = server.client()) {
            // given
            client.send("GET /hold" + HOST);
            Request held = server.held.poll(10, TimeUnit.SECONDS);

            // when
            client.send("GET /names/a" + HOST);
            client.send("GET /names/b" + HOST);
            held.respond(Response.of(200, "text/plain", "held"));

            // then
            assertThat(client.answer().text()).isEqualTo("held");
            assertThat(client.answer().text()).isEqualTo("a");
            assertThat(client.answer().text()).isEqualTo("b");
        }
    }

    private StreamSourceConduit recording() {
        return (StreamSourceConduit) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StreamSourceConduit.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals("setReadReadyHandler")) {
                        selector = (ReadReadyHandler) arguments[0];
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }
}
