package dev.tally.service.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts separate processes and checks their output and exit codes. */
class ServiceMainTest {
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldCloseAndExit143WhenTerminated() throws Exception {
        // given
        Sample sample = start(Map.of());
        assertThat(get(sample.port(), "/v1/sample").body()).isEqualTo("sample");

        // when
        signal(sample, "TERM");

        // then
        assertThat(sample.exitCode()).isEqualTo(143);
        assertThat(sample.restOfOutput()).contains("closed");
    }

    @Test
    void shouldCloseAndExit130WhenInterrupted() throws Exception {
        // given
        Sample sample = start(Map.of());

        // when
        new ProcessBuilder("kill", "-INT", String.valueOf(sample.process().pid()))
                .start()
                .waitFor();

        // then
        assertThat(sample.exitCode()).isEqualTo(130);
        assertThat(sample.restOfOutput()).contains("closed");
    }

    @Test
    void shouldCloseAndExit1WhenAPartFails() throws Exception {
        // given
        Sample sample = start(Map.of());

        // when
        post(sample.port(), "/fail");

        // then
        assertThat(sample.exitCode()).isEqualTo(1);
        assertThat(sample.restOfOutput()).contains("closed");
        assertThat(sample.errors()).contains("the stream thread died");
    }

    @Test
    void shouldPrintOneSentenceWhenAPartRefuses() throws Exception {
        // given
        Sample sample = start(Map.of());

        // when
        post(sample.port(), "/refuse");

        // then
        assertThat(sample.exitCode()).isEqualTo(1);
        assertThat(sample.errors()).contains("The topic differs: delete it\n").doesNotContain("RefusedException");
    }

    @Test
    void shouldListAllProblemsAndExit2WhenTheSettingsAreWrong() throws Exception {
        // when
        Sample sample = launch(Map.of("TALLY_HTTP_HOST", "no host!", "TALLY_NONSENSE", "1"), "--http-port", "99999");

        // then
        assertThat(sample.exitCode()).isEqualTo(2);
        assertThat(sample.errors().lines())
                .containsExactlyInAnyOrder(
                        "TALLY_NONSENSE is not a setting of Tally",
                        "TALLY_HTTP_HOST: no host! (expected: a host name or address)",
                        "--http-port: 99999 (expected: 0..65535, 0 for any free port)");
    }

    @Test
    void shouldPrintOneSentenceAndExit1WhenThePortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // when
            Sample sample = launch(Map.of("TALLY_HTTP_PORT", String.valueOf(taken.getLocalPort())));

            // then
            assertThat(sample.exitCode()).isEqualTo(1);
            assertThat(sample.errors())
                    .isEqualTo("Port " + taken.getLocalPort() + " is in use: choose another with --http-port\n");
            assertThat(sample.restOfOutput()).contains("closed");
        }
    }

    @Test
    void shouldLogOneJsonObjectALineWhenTheFormatIsJson() throws Exception {
        // given
        Sample sample = start(Map.of("TALLY_LOG_FORMAT", "json", "TALLY_LOG_REQUESTS", "info"));

        // when
        get(sample.port(), "/v1/sample", "good-one");
        get(sample.port(), "/broken", "bad-one");
        signal(sample, "TERM");

        // then
        List<JsonNode> lines = new ArrayList<>();
        for (String line : sample.errors().lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("timestamp").asLong()).isPositive();
            assertThat(line.path("level").asText()).isIn("INFO", "ERROR");
            assertThat(line.path("loggerName").asText()).startsWith("dev.tally.");
            assertThat(line.path("threadName").asText()).isNotEmpty();
            assertThat(line.path("formattedMessage").asText()).isNotEmpty();
        });
        assertThat(of("good-one", lines))
                .singleElement()
                .satisfies(line -> assertThat(line.path("formattedMessage").asText())
                        .matches("GET /v1/sample 200 in \\d+\\.\\d ms, request good-one"));
        assertThat(of("bad-one", lines)).hasSize(2).first().satisfies(line -> {
            assertThat(line.path("throwable").path("message").asText()).isEqualTo("a bug");
            assertThat(line.path("throwable").path("stepArray")).isNotEmpty();
        });
    }

    @Test
    void shouldLogNoRequestByDefault() throws Exception {
        // given
        Sample sample = start(Map.of("TALLY_LOG_FORMAT", " "));

        // when
        get(sample.port(), "/v1/sample");
        signal(sample, "TERM");

        // then
        assertThat(sample.errors().lines()).singleElement().asString().contains("sample listens on http://");
    }

    @Test
    void shouldExit2WhenTheLogFormatIsInvalid() throws Exception {
        // when
        Sample sample = launch(Map.of("TALLY_LOG_FORMAT", "xml"));

        // then
        assertThat(sample.exitCode()).isEqualTo(2);
        assertThat(sample.errors()).isEqualTo("TALLY_LOG_FORMAT: xml (expected: text or json)\n");
    }

    private static List<JsonNode> of(String requestId, List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.path("mdc").path("requestId").asText().equals(requestId))
                .toList();
    }

    private static void signal(Sample sample, String name) throws Exception {
        String pid = String.valueOf(sample.process().pid());
        new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    }

    private Sample start(Map<String, String> variables) throws IOException {
        Sample sample = launch(variables);
        String line = sample.output().readLine();
        assertThat(line).startsWith("port ");
        return sample.withPort(Integer.parseInt(line.substring("port ".length())));
    }

    private Sample launch(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SampleMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("TALLY_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        processes.add(process);
        return new Sample(process, process.inputReader(StandardCharsets.UTF_8), 0);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return get(port, path, "some-id");
    }

    private static HttpResponse<String> get(int port, String path, String requestId) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("X-Request-Id", requestId)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void post(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private record Sample(Process process, BufferedReader output, int port) {
        Sample withPort(int known) {
            return new Sample(process, output, known);
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        String restOfOutput() {
            return String.join("\n", output.lines().toList());
        }

        String errors() throws IOException {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
