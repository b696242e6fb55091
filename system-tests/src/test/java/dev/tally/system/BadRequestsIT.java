package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tally.schemas.name.CounterName;
import dev.tally.system.bad.BadRequest;
import dev.tally.system.bad.BadRequests;
import dev.tally.system.client.Api;
import dev.tally.system.client.CounterRead;
import dev.tally.system.client.Http;
import dev.tally.system.client.RawAnswer;
import dev.tally.system.client.RawSocket;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.SharedSystems;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.load.Settled;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bad request of the table gets the expected refusal, appends nothing to the log and does not affect other clients.
 */
@ExtendWith(SharedSystems.class)
@ParameterizedClass
@EnumSource(
        value = SetUp.class,
        names = {"UP", "PARTS"})
class BadRequestsIT {
    private static final String SLOW =
            "POST /v1/counters/bad/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n{\"delta\":";
    private static final String SLOW_CHUNKS =
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"nam\r\n";
    private static final String NEVER_CONTINUED =
            "POST /v1/counters/bad/slow HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n";

    @Parameter
    SetUp setUp;

    private static TallySystem system;
    private static EventTopic topic;

    private Map<Integer, Long> before;

    @BeforeParameterizedClassInvocation
    static void start(SetUp setUp) {
        system = SharedSystems.of(setUp);
        topic = new EventTopic(system.kafka(), system.partitions());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        topic.close();
    }

    static List<BadRequest> wellFormed() {
        return BadRequests.wellFormed();
    }

    static List<BadRequest> malformed() {
        return BadRequests.malformed();
    }

    static List<BadRequest> brokenOff() {
        return BadRequests.brokenOff();
    }

    @BeforeEach
    void lookAtTheLog() {
        before = topic.ends();
    }

    @AfterEach
    void assertNothingWasRecordedAndTheServiceAnswers() {
        assertThat(topic.ends()).isEqualTo(before);
        system.services()
                .forEach((name, url) -> assertThat(Http.statusOrZero(url.resolve("/readyz")))
                        .as(name)
                        .isEqualTo(200));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wellFormed")
    void shouldRefuseWithAProblemWhenTheRequestSaysSomethingWrong(BadRequest bad) throws IOException {
        // when
        RawAnswer answer = firstAnswer(bad);

        // then
        assertRefused(bad, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void shouldRefuseWhenTheBytesAreNoRequest(BadRequest bad) throws IOException {
        // when
        RawAnswer answer = firstAnswer(bad);

        // then
        assertRefused(bad, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenOff")
    void shouldCloseWithoutAnAnswerWhenTheRequestBreaksOff(BadRequest bad) throws IOException {
        // when
        try (RawSocket socket = open(bad)) {

            // then
            assertThat(socket.answersToTheEnd()).isEmpty();
        }
    }

    @Test
    void shouldAnswer408WhenABodyIsNotFinishedInTime() throws IOException {
        // given
        List<RawSocket> slow = new ArrayList<>();
        for (String start : List.of(SLOW, SLOW_CHUNKS, NEVER_CONTINUED)) {
            slow.add(new RawSocket(system.writeUrl()).send(start));
        }

        // then
        for (RawSocket socket : slow) {
            try (socket) {
                RawAnswer answer = socket.answer().orElseThrow();
                answer = answer.status() == 100 ? socket.answer().orElseThrow() : answer;
                assertThat(answer.status()).isEqualTo(408);
                assertThat(problem(answer).path("code").asText()).isEqualTo("request_timeout");
                assertThat(problem(answer).path("detail").asText()).contains("10000 ms");
                assertThat(socket.answersToTheEnd()).isEmpty();
            }
        }
    }

    @Test
    void shouldRefuseOnceAndCloseWhenGarbageFollowsABadRequest() throws IOException {
        // given
        String bad = "POST /v1/counters/BAD/c HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";

        // when
        List<RawAnswer> answers = answers(bad + "\0\1\2 garbage\r\n\r\n" + bad + bad);

        // then
        assertThat(answers).extracting(RawAnswer::status).containsExactly(400, 400);
        assertThat(answers).allMatch(RawAnswer::isProblem);
        assertThat(problem(answers.get(1)).path("code").asText()).isEqualTo("invalid_request");
    }

    @Test
    void shouldRefuseEachOfManyPipelinedBadRequests() throws IOException {
        // given
        String bad = "POST /v1/counters/BAD/c HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
        String last =
                "POST /v1/counters/BAD/c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";

        // when
        List<RawAnswer> answers = answers(bad.repeat(99) + last);

        // then
        assertThat(answers).hasSize(100).allMatch(answer -> answer.status() == 400 && answer.isProblem());
    }

    @Test
    void shouldStillCountAfterAllOfThem() throws IOException {
        // given
        CounterName counter = CounterName.of("good", "after-the-bad");
        Api api = new Api(system);

        // when
        Stream.of(wellFormed(), malformed(), brokenOff()).flatMap(List::stream).forEach(BadRequestsIT::sendAndForget);
        assertThat(topic.ends()).isEqualTo(before);
        assertThat(api.postEmpty(counter).status()).isEqualTo(202);

        // then
        CounterRead read = new Settled(api, new LogModel(topic.events(), system.partitions())).read(counter);
        assertThat(read.total()).isEqualTo(1);
        Options.say(
                "bad requests, %s: %d refused with 4xx, %d of them raw bytes, and %d broken off; nothing of them in the log",
                setUp,
                wellFormed().size() + malformed().size(),
                malformed().size(),
                brokenOff().size());
        before = topic.ends();
    }

    private static void assertRefused(BadRequest bad, RawAnswer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(bad.status());
        if (bad.code().isEmpty()) {
            return;
        }
        assertThat(answer.isProblem()).as(answer.toString()).isTrue();
        JsonNode problem = problem(answer);
        assertThat(problem.path("code").asText()).as(answer.body()).isEqualTo(bad.code());
        assertThat(problem.path("status").asInt()).isEqualTo(bad.status());
        assertThat(problem.path("requestId").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText() + problem.path("errors")).contains(bad.detail());
    }

    private static RawAnswer firstAnswer(BadRequest bad) throws IOException {
        try (RawSocket socket = open(bad)) {
            return socket.answer().orElseGet(() -> new RawAnswer("closed 0 without an answer", ""));
        }
    }

    private static void sendAndForget(BadRequest bad) {
        try {
            open(bad).close();
        } catch (IOException e) {
            throw new AssertionError("no connection for: " + bad, e);
        }
    }

    private static RawSocket open(BadRequest bad) throws IOException {
        URI server = bad.toReader() ? system.readUrl() : system.writeUrl();
        RawSocket socket = new RawSocket(server);
        socket.sendAsFarAsRead(bad.request());
        if (bad.endsInput()) {
            socket.endOfInput();
        }
        return socket;
    }

    private static List<RawAnswer> answers(String latin1) throws IOException {
        try (RawSocket socket = new RawSocket(system.writeUrl())) {
            return socket.send(latin1).answersToTheEnd();
        }
    }

    private static JsonNode problem(RawAnswer answer) {
        try {
            return new JsonMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + answer, e);
        }
    }
}
