package dev.tally.service.http;

import static dev.tally.service.http.TestServer.BODY_MAX;
import static dev.tally.service.http.TestServer.LARGE_BODY_MAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.service.http.limit.HttpLimits;
import dev.tally.testkit.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

    private final TestServer server =
            new TestServer(TestServer.limits(Duration.ofMillis(400), Duration.ofSeconds(5), Duration.ofSeconds(5)));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldReadTheBodyWhenItComesWithTheHeaders() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Content-Length: 5\r\n\r\nhello");
            assertThat(client.answer().text()).isEqualTo("hello");
        }
    }

    @Test
    void shouldReadAnEmptyBodyWhenThereIsNone() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            client.send("POST /echo" + HOST + "Content-Length: 0\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            client.send("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertThat(client.answer().body()).isEmpty();
        }
        assertThat(server.bodiesSeen).hasValue(3);
    }

    @Test
    void shouldReadTheBodyWhenEveryByteComesAlone() throws Exception {
        try (RawClient client = server.client()) {
            for (char c : ("POST /echo" + HOST + "Content-Length: 5\r\n\r\nhello").toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.answer().text()).isEqualTo("hello");
            for (char c : ("POST /echo" + HOST
                            + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n")
                    .toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.answer().text()).isEqualTo("hello");
        }
    }

    @Test
    void shouldAnswerPipelinedRequestsInOrder() throws Exception {
        try (RawClient client = server.client()) {
            // given
            StringBuilder requests = new StringBuilder();
            for (int i = 10; i < 60; i++) {
                String path = i % 2 == 0 ? "/later" : "/echo";
                requests.append("POST ")
                        .append(path)
                        .append(HOST)
                        .append("Content-Length: 2\r\n\r\n")
                        .append(i);
            }

            // when
            client.send(requests.toString());

            // then
            for (int i = 10; i < 60; i++) {
                assertThat(client.answer().text()).isEqualTo(String.valueOf(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, 16_384, 16_385, 100_000, 1 << 20, LARGE_BODY_MAX})
    void shouldReadTheBodyWhateverItsSize(int bytes) throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("POST /size" + HOST + "Content-Length: " + bytes + "\r\n\r\n");
            client.send(new byte[bytes]);

            // then
            assertThat(client.answer().text()).isEqualTo(String.valueOf(bytes));

            // when
            client.send("POST /size" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            for (int left = bytes; left > 0; left -= Math.min(left, 50_000)) {
                client.send(Integer.toHexString(Math.min(left, 50_000)) + "\r\n");
                client.send(new byte[Math.min(left, 50_000)]).send("\r\n");
            }
            client.send("0\r\n\r\n");

            // then
            assertThat(client.answer().text()).isEqualTo(String.valueOf(bytes));
        }
        await().until(() -> server.bodyBytesHeld() == 0);
    }

    @Test
    void shouldRefuseAtTheBoundWhenTheLengthIsAnnounced() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Content-Length: " + BODY_MAX + "\r\n\r\n" + "x".repeat(BODY_MAX));
            assertThat(client.answer().status()).isEqualTo(200);
            client.send("POST /echo" + HOST + "Content-Length: " + (BODY_MAX + 1) + "\r\n\r\n");
            RawClient.Answer answer = client.answer(); // at once: no byte of the body was sent
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("\"code\":\"too_large\"").contains("65 bytes (expected: at most 64)");
        }
    }

    @Test
    void shouldRefuseAtTheBoundWhenTheBodyIsChunked() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n40\r\n" + "x".repeat(BODY_MAX)
                    + "\r\n0\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(200);
            client.send("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n41\r\n" + "x".repeat(BODY_MAX + 1)
                    + "\r\n0\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
        }
        assertThat(server.bodiesSeen).hasValue(1);
    }

    @Test
    void shouldKeepTheConnectionInStepWhenARefusedBodyHasCome() throws Exception {
        try (RawClient client = server.client()) {
            // when
            String smuggled = "GET /names/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
            client.send("POST /nothing" + HOST + "Content-Length: " + smuggled.length() + "\r\n\r\n" + smuggled);
            client.send("POST /echo" + HOST + "Content-Length: 3000\r\n\r\n" + "y".repeat(3_000));
            client.send("POST /unread" + HOST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            client.send("GET /names/last" + HOST + "\r\n");

            // then
            assertThat(client.answer().status()).isEqualTo(404);
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.answer().text()).isEqualTo("unread");
            assertThat(client.answer().text()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/echo", "/unread"})
    void shouldCloseTheConnectionWhenTheRestOfARefusedBodyDoesNotCome(String path) throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("POST " + path + HOST + "Content-Length: 1000\r\n\r\nabc");
            RawClient.Answer answer = client.answer();

            // then
            assertThat(answer.head()).contains("Connection: close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void shouldLetTheClientReadItsAnswerWhenItSendsALargeBodyFirst() throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("POST /echo" + HOST + "Content-Length: 12000000\r\n\r\n");
            client.send(new byte[12_000_000]);

            // then
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.isClosedByServer()).isTrue();
        }
        await().until(() -> server.inFlight() == 0 && server.bodyBytesHeld() == 0);
    }

    @Test
    void shouldCutOffTheClientWhenItSendsMoreThanIsEverDiscarded() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            byte[] chunk =
                    ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                while (sent < 1_000) {
                    client.send(chunk);
                    sent++;
                }
            } catch (java.io.IOException e) {
                // the server has closed the connection
            }
            assertThat(sent).isLessThan(1_000);
        }
        await().until(() -> server.inFlight() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\n\r\nhel",
                "Content-Length: 5\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"
            })
    void shouldAnswerRequestTimeoutWhenTheBodyIsNotFinished(String start) throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("POST /echo" + HOST + start);
            RawClient.Answer answer = client.answer();

            // then
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).contains("\"code\":\"request_timeout\"").contains("400 ms");
            assertThat(answer.head()).contains("Connection: close");
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(server.bodiesSeen).hasValue(0);
        await().until(() -> server.inFlight() == 0 && server.bodyBytesHeld() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\n\r\nhel", "Transfer-Encoding: chunked\r\n\r\n5\r\nhe"})
    void shouldForgetTheRequestWhenTheClientGoesInTheMiddleOfTheBody(String start) throws Exception {
        // given
        RawClient client = server.client();
        client.send("POST /echo" + HOST + start);
        await().until(() -> server.inFlight() == 1);

        // when
        client.close();

        // then
        await().atMost(Duration.ofMillis(350)).until(() -> server.inFlight() == 0 && server.bodyBytesHeld() == 0);
        assertThat(server.bodiesSeen).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Transfer-Encoding: chunked\r\n\r\n5\r\nhe", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"})
    void shouldEndTheConnectionWhenTheChunksAreTruncated(String start) throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + start);
            client.endOfInput();
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(server.bodiesSeen).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "hel, 3"})
    void shouldSayHowMuchHasComeWhenTheBodyIsTruncated(String begin, int bytes) throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("POST /echo" + HOST + "Content-Length: 5\r\n\r\n" + begin);
            client.endOfInput();
            RawClient.Answer answer = client.answer();

            // then
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text())
                    .contains("\"code\":\"invalid_json\"")
                    .contains("body: ended after " + bytes + " of 5 bytes (expected: all of them)");
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(server.bodiesSeen).hasValue(0);
        await().until(() -> server.inFlight() == 0 && server.bodyBytesHeld() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "fffffffffffffffff\r\n"})
    void shouldNotHandOnABodyWhenItsChunksAreGarbage(String chunks) throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
            assertThat(client.statusOrClosed()).isIn(RawClient.CLOSED, 400, 408);
        }
        await().until(() -> server.inFlight() == 0);
        assertThat(server.bodiesSeen).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1",
                "Content-Length: abc",
                "Content-Length: 99999999999999999999",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 5\r\nTransfer-Encoding: chunked"
            })
    void shouldAnswer4xxWhenTheFramingIsAmbiguous(String headers) throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + headers + "\r\n\r\nhello");
            assertThat(client.answer().status()).isBetween(400, 499);
        }
        assertThat(server.bodiesSeen).hasValue(0);
    }

    @Test
    void shouldSendContinueWhenTheClientExpectsIt() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.answerWithoutBody().status()).isEqualTo(100);
            client.send("hello");
            assertThat(client.answer().text()).isEqualTo("hello");
            client.send("POST /echo" + HOST + "Content-Length: 5\r\n\r\nagain");
            assertThat(client.answer().text()).isEqualTo("again");
        }
    }

    @Test
    void shouldNotAskForTheBodyWhenItWillBeRefused() throws Exception {
        for (String request : new String[] {
            "POST /echo" + HOST + "Content-Length: 5000\r\n",
            "POST /nothing" + HOST + "Content-Length: 5\r\n",
            "POST /echo" + HOST + "Content-Length: 5\r\nContent-Type: image/png\r\n",
        }) {
            try (RawClient client = server.client()) {
                client.send(request + "Expect: 100-continue\r\n\r\n");
                RawClient.Answer answer = client.answer();
                assertThat(answer.status()).isBetween(404, 415);
                assertThat(answer.head()).contains("Connection: close");
            }
        }
    }

    @Test
    void shouldAnswerRequestTimeoutWhenTheClientDoesNotGoOnAfterContinue() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.answerWithoutBody().status()).isEqualTo(100);
            assertThat(client.answer().status()).isEqualTo(408);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "application/x-ndjson",
                "text/plain",
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "application/json; profile=x",
            })
    void shouldReadTheBodyWhenTheTypeIsLenient(String type) throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /echo" + HOST + "Content-Type: " + type + "\r\nContent-Length: 1\r\n\r\nx");
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, image/png",
        "Content-Type, application/xml",
        "Content-Type, multipart/form-data; boundary=x",
        "Content-Type, application/jsonp",
        "Content-Type, text/html",
        "Content-Type, ''",
        "Content-Type, application/json; charset=latin1",
        "Content-Type, application/json;charset=utf-16",
        "Content-Encoding, gzip",
        "Content-Encoding, br",
        "Transfer-Encoding, gzip",
        "Transfer-Encoding, 'gzip, chunked'",
        "Transfer-Encoding, identity",
    })
    void shouldAnswerUnsupportedMediaTypeWhenTheBodyWouldHaveToBeGuessed(String header, String value) throws Exception {
        try (RawClient client = server.client()) {
            // when
            String length = header.equals("Transfer-Encoding") ? "" : "Content-Length: 1\r\n";
            client.send("POST /echo" + HOST + header + ": " + value + "\r\n" + length + "\r\nx");
            RawClient.Answer answer = client.answer();

            // then
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.text())
                    .contains("\"code\":\"unsupported_media_type\"")
                    .contains(header + ": ");
        }
    }

    @Test
    void shouldAnswerOverloadedWhenAllBodiesTogetherPassTheBudget() throws Exception {
        HttpLimits limits = HttpLimits.defaults().withBodyBytesTotalMax(40_000);
        try (TestServer small = new TestServer(limits);
                RawClient first = small.client();
                RawClient second = small.client();
                RawClient third = small.client()) {
            // given
            first.send("POST /size" + HOST + "Content-Length: 30000\r\n\r\n").send(new byte[20_000]);
            await().until(() -> small.bodyBytesHeld() == 30_000);

            // when
            second.send("POST /size" + HOST + "Content-Length: 11000\r\n\r\n").send(new byte[11_000]);
            RawClient.Answer refused = second.answer();
            third.send("POST /size" + HOST + "Content-Length: 9000\r\n\r\n").send(new byte[9_000]);
            RawClient.Answer taken = third.answer();
            first.send(new byte[10_000]);

            // then
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.head()).contains("Retry-After: 1\r\n");
            assertThat(refused.text()).contains("\"code\":\"overloaded\"");
            assertThat(taken.text()).isEqualTo("9000");
            assertThat(first.answer().text()).isEqualTo("30000");
            await().until(() -> small.bodyBytesHeld() == 0);
        }
    }

    @Test
    void shouldHoldLittleWhenALargeBodyIsOnlyAnnounced() throws Exception {
        try (RawClient client = server.client()) {
            client.send("POST /size" + HOST + "Content-Length: " + LARGE_BODY_MAX + "\r\n\r\nabc");
            await().until(() -> server.inFlight() == 1);
            assertThat(server.bodyBytesHeld()).isLessThanOrEqualTo(16_384);
        }
    }

    /**
     * RFC 9112, 6.1: the framing of such a request cannot be trusted. The server reads no further request from the connection.
     */
    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/unread", "/nothing"})
    void shouldCloseTheConnectionWhenARequestOfHttp10IsChunked(String path) throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("POST " + path + " HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\n0\r\n\r\n" + "GET /names/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

            // then
            assertThat(client.answer().head()).contains("Connection: close\r\n");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void shouldKeepTheConnectionWhenARequestOfHttp10AsksForItAndIsNotChunked() throws Exception {
        try (RawClient client = server.client()) {
            for (int i = 0; i < 2; i++) {
                client.send("POST /echo HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(client.answer().text()).isEqualTo("abc");
            }
        }
    }
}
