package dev.tally.benchmarks.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlainHandlerTest {
    private static final int POST_ANSWER_BYTES = 70;
    private static final int GET_ANSWER_BYTES = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private Undertow server;

    @BeforeEach
    void start() {
        server = PlainHandler.start(0, new PlainHandler(POST_ANSWER_BYTES, GET_ANSWER_BYTES));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void shouldAnswer202OfTheGivenLengthWhenABodyIsPosted() throws Exception {
        // given
        HttpRequest post =
                request().POST(BodyPublishers.ofString("{\"delta\":1}")).build();

        // when
        HttpResponse<byte[]> answer = client.send(post, BodyHandlers.ofByteArray());

        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).hasSize(POST_ANSWER_BYTES);
    }

    @Test
    void shouldAnswer200OfTheGivenLengthWhenRead() throws Exception {
        // given // when
        HttpResponse<byte[]> answer = client.send(request().build(), BodyHandlers.ofByteArray());

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).hasSize(GET_ANSWER_BYTES);
    }

    private HttpRequest.Builder request() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/any"));
    }
}
