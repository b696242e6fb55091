package dev.tally.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
    private static final String HEADERS = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/ root",
                "/names/a/b a|b",
                "/names/a%2Fb/c a/b|c",
                "/names/a%252Fb/c a%2Fb|c",
                "/names/a;x=1/b;y a;x=1|b;y",
                "/names/;/; ;|;",
                "/names/a;x=%2F;z/b a;x=/;z|b",
                "/names/a+b/c a+b|c",
                "/names/%C3%A9/%f0%9f%98%80 é|😀",
                "/names/./.. .|..",
                "/names/%2E%2e/b ..|b",
                "/names/a/fixed fixed",
                "/names/a/fixe%64 a|fixed",
                "/names/a:b@c$d/e~f,g=h&i!j*k'l(m) a:b@c$d|e~f,g=h&i!j*k'l(m)",
                "http://localhost/names/a/b a|b",
                "http://localhost/names/a;q/b%3F a;q|b?",
                "HTTP://localhost/names/a/b a|b",
                "http://localhost/ root",
                "/names/a/b? a|b",
                "http://localhost/names/a;x/b? a;x|b",
            })
    void shouldReadTheRawTargetOnce(String target, String expected) throws Exception {
        assertAnswer(get(target), 200, expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/names/%FF/b",
                "/names/%C3/b",
                "/names/%C0%AF/b",
                "/names/%ED%A0%80/b",
                "/names/%F5%80%80%80/b",
                "/names/a/%C3%28",
                "/names/a;%C3/b",
                "/names/%E0%80%80/b",
            })
    void shouldAnswerInvalidNameWhenASegmentIsNotEncodedUtf8(String target) throws Exception {
        // when
        RawClient.Answer answer = get(target);

        // then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"code\":\"invalid_name\"").contains("percent-encoding");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/names",
                "/names/",
                "/names/a/",
                "/names//b",
                "//names/a/b",
                "/names/a//",
                "/names/a/b/",
                "/names/a/b/c",
                "/Names/a/b",
                "/n%61mes/a/b",
                "/nothing",
                "//",
                "http://localhost//",
                "http://localhost/names/a/",
            })
    void shouldAnswerNotFoundWhenNoTemplateFits(String target) throws Exception {
        // when
        RawClient.Answer answer = get(target);

        // then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("\"code\":\"not_found\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "names/a/b", "/names/a b/c", "/names/é/b", "/names/a\u0001/b", "/names/{a}/b\"", "/a#b"})
    void shouldAnswer4xxWhenTheTargetIsNoTarget(String target) throws Exception {
        assertThat(get(target).status()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "localhost:80", "http://localhost"})
    void shouldAnswerNotFoundWhenTheTargetHasNoPath(String target) throws Exception {
        assertThat(get(target).status()).isIn(400, 404);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /names/a/b, 'GET, HEAD, POST'",
        "GET, /echo, POST",
        "HEAD, /echo, POST",
        "get, /names/a, 'GET, HEAD'",
        "PATCH, /names/a/fixed, 'GET, HEAD'",
        "OPTIONS, /names/a, 'GET, HEAD'"
    })
    void shouldNameTheMethodsWhenAnotherIsAsked(String method, String target, String allow) throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send(method + " " + target + HEADERS);
            RawClient.Answer answer = method.equals("HEAD") ? client.answerWithoutBody() : client.answer();

            // then
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.head()).contains("\r\nAllow: " + allow + "\r\n");
            assertThat(method.equals("HEAD") || answer.text().contains("method_not_allowed"))
                    .isTrue();
        }
    }

    @Test
    void shouldAnswerHeadAsGetWithoutTheBody() throws Exception {
        try (RawClient client = server.client()) {
            // when
            client.send("HEAD /names/a/b" + HEADERS);
            RawClient.Answer head = client.answerWithoutBody();
            client.send("GET /names/c/d" + HEADERS);
            RawClient.Answer get = client.answer();

            // then
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.head()).contains("\r\nContent-Length: 3\r\n");
            assertAnswer(get, 200, "c|d");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/query null|null",
                "/query? null|null",
                "/query?numbers=string string|null",
                "/query?numbers=a+b a+b|null",
                "/query?numbers=a%26b&a%20b=%3D=c a&b|==c",
                "/query?numbers |null",
                "/query?&numbers=&& |null",
                "/query?numbers=a;b a;b|null",
                "/query?numbers=/?: /?:|null",
                "http://localhost/query?numbers=x x|null",
            })
    void shouldReadTheQueryOnce(String target, String expected) throws Exception {
        assertAnswer(get(target), 200, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/query?other=1, invalid_parameter",
        "/query?Numbers=1, invalid_parameter",
        "/query?=1, invalid_parameter",
        "/query?numbers=1&numbers=1, invalid_parameter",
        "/query?numbers=1&n%75mbers=2, invalid_parameter",
        "/query?numbers=%FF, invalid_parameter",
        "/query?%C3=1, invalid_parameter",
        "/query?wait=2s, not_supported",
        "/names/a/b?x=1, invalid_parameter",
    })
    void shouldRefuseTheQueryWhenItIsNotWhatTheEndpointTakes(String target, String code) throws Exception {
        // when
        RawClient.Answer answer = get(target);

        // then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/names/a/b/c, true",
        "/names/a/b/, true",
        "/names/a/b/c/d/e, true",
        "/names/a/b%2Fc/d, true",
        "/names//b/c, false",
        "/nothing/a/b/c, false",
        "/names, false",
        "/nothing, false",
    })
    void shouldSayHowASlashIsWrittenWhenOnlyASlashTooManyIsInTheWay(String path, boolean hinted) throws Exception {
        // when
        RawClient.Answer answer = get(path);

        // then
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text())
                .contains("\"detail\":\"" + path + ": no such endpoint"
                        + (hinted ? " (a slash within a name is written %2F)\"" : "\""));
    }

    @Test
    void shouldEscapeTheTargetWhenItIsNamedInAProblem() throws Exception {
        assertThat(get("/nothing/%22%0A%3Cscript%3E").text()).contains("no such endpoint");
        assertThat(get("/" + "a".repeat(5_000)).body()).hasSizeLessThan(500);
    }

    private static RawClient.Answer get(String target) throws Exception {
        try (RawClient client = server.client()) {
            client.send(("GET " + target + HEADERS).getBytes(StandardCharsets.UTF_8));
            return client.answer();
        }
    }

    private static void assertAnswer(RawClient.Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(text);
    }
}
