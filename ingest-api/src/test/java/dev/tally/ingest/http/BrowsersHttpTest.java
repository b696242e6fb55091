package dev.tally.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.service.http.Route;
import dev.tally.testkit.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A web page of another origin cannot write, and neither can a page whose host name resolves to this server. */
class BrowsersHttpTest {
    private final IngestUnderTest ingest = new IngestUnderTest();

    @AfterEach
    void close() {
        ingest.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/v1/counters/shop/sold|{\"delta\":5}",
                "POST|/v1/counters/shop/sold?wait=2s|''",
                "PUT|/v1/counters/shop/sold|{\"total\":5}",
                "DELETE|/v1/counters/shop/sold|''",
                "POST|/v1/events|{\"namespace\":\"shop\",\"counter\":\"sold\"}",
            })
    void shouldRecordNothingWhenAPageOfAnotherOriginWrites(String method, String path, String body) throws Exception {
        for (String origin : List.of(
                "http://evil.example",
                "null",
                "https://127.0.0.1:" + ingest.server().port())) {
            // when
            HttpResponse<String> answer = ingest.send(
                            method, path, body, "Origin", origin, "Content-Type", "text/plain")
                    .join();

            // then
            assertThat(answer.statusCode()).as(origin).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"origin_forbidden\"").contains("nothing was recorded");
        }
        assertThat(statusFor(method, path, body, "evil.example")).isEqualTo("421");
        assertThat(ingest.events()).isEmpty();
        assertThat(ingest.registry
                        .get("tally.ingest.events.accepted")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void shouldRecordWhatAPageOfItsOwnWrites() {
        // given
        String own = ingest.server().url();

        // when
        HttpResponse<String> answer =
                ingest.acknowledged(ingest.send("POST", "/v1/counters/shop/sold", "{\"delta\":5}", "Origin", own));

        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(ingest.events()).containsExactly("ADD 5 null");
    }

    @Test
    void shouldDeclareEachOfItsRoutesAsWriting() {
        assertThat(ingest.routes()).hasSize(4).allMatch(Route::writes);
    }

    private String statusFor(String method, String path, String body, String host) throws IOException {
        try (RawClient client = new RawClient(ingest.server().port())) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body);
            return String.valueOf(client.answer().status());
        }
    }
}
