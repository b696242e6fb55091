package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.system.client.RawAnswer;
import dev.tally.system.client.RawSocket;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.PartsSystem;
import dev.tally.system.harness.Repository;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.harness.UpSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The addresses that services listen on, the host names that they accept, and the origins that may write. {@code
 * BadRequestsIT} tests the refusals.
 */
class WhoMayIT {
    private static final Map<String, String> NAMED = Map.of("TALLY_HTTP_HOSTS", "Tally.Example.com,tally");
    private static final String HIT = "POST /v1/counters/who/may HTTP/1.1";
    private static final List<String> PATHS = List.of(
            "/livez",
            "/readyz",
            "/metrics",
            "/openapi.yaml",
            "/",
            "/nothing",
            "/v1/counters/who/may",
            "/internal/v1/live/ownership",
            "/internal/v1/live/counters/who/may");

    @Test
    void shouldAnswerOnlyToItsOwnNamesInOneProcess() throws IOException {
        assertAnswersOnlyToItsOwnNames(new UpSystem("who-may", NAMED));
    }

    @Test
    void shouldAnswerOnlyToItsOwnNamesInEachProcess() throws IOException {
        assertAnswersOnlyToItsOwnNames(new PartsSystem("who-may-parts", NAMED));
    }

    private static void assertAnswersOnlyToItsOwnNames(TallySystem system) throws IOException {
        try (system) {
            // given
            system.start();

            // then: no process answers requests for other host names
            for (Map.Entry<String, URI> service : system.services().entrySet()) {
                for (String path : PATHS) {
                    String get = "GET " + path + " HTTP/1.1";
                    assertThat(status(service.getValue(), get, "evil.example", ""))
                            .as(service.getKey() + " " + path)
                            .isEqualTo(421);
                    assertThat(status(service.getValue(), get, "tally.example.com:8080", ""))
                            .as(service.getKey() + " " + path)
                            .isNotEqualTo(421);
                }
            }

            // then: it answers requests for its own host names, also from its own page
            int port = system.writeUrl().getPort();
            List<String> own =
                    List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port, "tally.example.com", "TALLY");
            for (String host : own) {
                String origin = "Origin: http://" + host.toLowerCase(java.util.Locale.ROOT) + "\r\n";
                assertThat(status(system.writeUrl(), HIT, host, "")).as(host).isEqualTo(202);
                assertThat(status(system.writeUrl(), HIT, host, origin))
                        .as(host)
                        .isEqualTo(202);
                assertThat(status(system.writeUrl(), HIT, host, "Origin: http://evil.example\r\n"))
                        .as(host)
                        .isEqualTo(403);
            }

            // then: exactly the requests answered with 202 are counted; the command line is not a browser and may write
            assertThat(system.tally("hit", "who/may", "--wait", "20s").orFail().out())
                    .isEqualToIgnoringNewLines("" + (2 * own.size() + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "ingest-api", "counter-streams", "query-api"})
    void shouldRefuseToStartWhenOthersMayReachItAndNothingSaysThatTheyMay(String command) throws IOException {
        // given
        Path data = Repository.emptyDirectory("who-may-refused").resolve("data");
        List<String> arguments =
                command.equals("up") ? List.of(command, "--data-dir", data.toString()) : List.of(command);
        for (String host : List.of("0.0.0.0", "::", "tally.example.com")) {
            // when
            CommandRun run = CommandRun.tally(
                    Map.of("TALLY_HTTP_HOST", host, "TALLY_STATE_DIR", data.toString()), arguments, "");

            // then
            assertThat(run.exitCode()).as(run.toString()).isEqualTo(2);
            assertThat(run.err())
                    .contains("TALLY_HTTP_HOST: " + host
                            + " can be reached from other machines, and every client that reaches"
                            + " the port may count, set, delete and read (expected: a loopback address or localhost; or"
                            + " TALLY_HTTP_OPEN=true, if the whole network is trusted)");
            assertThat(Files.exists(data)).isFalse();
        }
    }

    private static int status(URI server, String line, String host, String headers) throws IOException {
        try (RawSocket socket = new RawSocket(server)) {
            socket.send(line + "\r\nHost: " + host + "\r\n" + headers + "Content-Length: 0\r\n\r\n");
            return socket.answer().map(RawAnswer::status).orElseThrow();
        }
    }
}
