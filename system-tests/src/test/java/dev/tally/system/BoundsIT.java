package dev.tally.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.system.client.Answer;
import dev.tally.system.client.Api;
import dev.tally.system.client.Connections;
import dev.tally.system.client.Http;
import dev.tally.system.client.RawAnswer;
import dev.tally.system.client.Scrape;
import dev.tally.system.client.SlowReaders;
import dev.tally.system.harness.Heap;
import dev.tally.system.harness.SetUp;
import dev.tally.system.harness.TallySystem;
import dev.tally.system.load.Settled;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.LogModel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every resource is bounded: load beyond a bound is refused or waits outside the process, and costs neither threads nor
 * memory.
 */
class BoundsIT {
    private static final int POSTS_A_CONNECTION = 10;
    private static final int THREADS_MORE_MAX = 16;
    private static final double MIB_MORE_MAX = 96;
    /** The bound on in-flight requests. */
    private static final int REQUESTS_MAX = 4_096;

    private static final int REQUESTS_MORE = 64;
    /** More bodies than fit into the bound on bytes held in bodies: 128 MiB. */
    private static final int LARGE_BODIES = 44;

    private static final int LARGE_BYTES = 4 << 20;
    private static final int SLOW_READERS = 64;
    /**
     * One less than the maximum number of concurrent operational requests. The test itself needs the last slot to read
     * the heap metrics.
     */
    private static final int SLOW_WATCHERS = 63;

    private static TallySystem system;
    private static URI url;
    private static Api api;
    private static double mibBefore;
    private static int threadsBefore;

    @BeforeAll
    static void startAndWarmUp() throws IOException {
        system = SetUp.UP.create("bounds");
        system.start();
        url = system.writeUrl();
        api = new Api(system);
        try (Connections connections = Connections.open(url, 32)) {
            for (int i = 0; i < 30; i++) {
                assertThat(connections.exchange(post("warm-up", "{}"))).allMatch(answer -> answer.status() == 202);
            }
        }
        threadsBefore = Heap.threads(url);
        mibBefore = heap();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @AfterEach
    void assertAllIsWell() throws IOException {
        assertThat(api.postEmpty(CounterName.of("bounds", "after")).status()).isEqualTo(202);
        await("nothing in flight").atMost(Duration.ofSeconds(20)).until(() -> {
            Scrape scrape = Scrape.of(url);
            return scrape.sum("tally_http_requests_in_flight", "") == 0 && scrape.sum("tally_http_body_bytes", "") == 0;
        });
        assertThat(heap()).isLessThan(mibBefore + MIB_MORE_MAX);
        assertThat(Heap.threads(url)).isLessThanOrEqualTo(threadsBefore + THREADS_MORE_MAX);
    }

    @Test
    void shouldServeThousandsOfConnectionsWithoutAThreadForEach() throws IOException {
        // given
        int half = Options.connections() / 2;
        String hit = post("many", "{\"delta\":1}");
        try (Connections idle = Connections.open(url, half);
                Connections busy = Connections.open(url, half)) {

            // when
            for (int i = 0; i < POSTS_A_CONNECTION; i++) {
                assertThat(busy.exchange(hit)).allMatch(answer -> answer.status() == 202);
            }

            // then
            int threads = Heap.threads(url);
            double mib = heap();
            assertThat(threads).isLessThanOrEqualTo(threadsBefore + THREADS_MORE_MAX);
            assertThat(mib).isLessThan(mibBefore + MIB_MORE_MAX);
            assertThat(idle.exchange(hit)).allMatch(answer -> answer.status() == 202);
            Options.say(
                    "bounds: %d connections, half of them idle: threads %d (before: %d), heap after GC %.0f MiB (before: %.0f)",
                    2 * half, threads, threadsBefore, mib, mibBefore);
        }
        assertThat(total("many")).isEqualTo((POSTS_A_CONNECTION + 1L) * half);
    }

    @Test
    void shouldRefuseAsOverloadedWhenTooManyRequestsAreBeingWorkedOn() throws IOException {
        // given
        String begin = head("POST", "crowd") + "Content-Length: 11\r\n\r\n{\"delta\"";
        try (Connections crowd = Connections.open(url, REQUESTS_MAX);
                Connections late = Connections.open(url, REQUESTS_MORE)) {
            crowd.send(begin);
            await("a full house")
                    .atMost(Duration.ofSeconds(8))
                    .until(() -> Scrape.of(url).sum("tally_http_requests_in_flight", "") == REQUESTS_MAX);

            // when
            List<RawAnswer> refused = late.exchange(post("crowd", "{}"));

            // then
            assertThat(refused)
                    .allMatch(answer -> answer.status() == 503
                            && answer.body().contains("\"overloaded\"")
                            && answer.head().contains("Retry-After: "));
            assertThat(Http.statusOrZero(url.resolve("/livez"))).isEqualTo(200);

            // when
            crowd.send(":1}");
            Map<Integer, Long> answers =
                    crowd.answers().stream().collect(Collectors.groupingBy(RawAnswer::status, Collectors.counting()));

            // then
            assertThat(answers.keySet()).isSubsetOf(202, 408); // on a slow machine some bodies time out
            assertThat(total("crowd")).isEqualTo(answers.get(202));
            Options.say(
                    "bounds: %d requests at once, %d more overloaded; then %s", REQUESTS_MAX, refused.size(), answers);
        }
    }

    @Test
    void shouldRefuseAsOverloadedWhenBodiesTakeTooMuchMemory() throws IOException {
        // given
        String head = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + LARGE_BYTES + "\r\n\r\n";
        byte[] nearlyAll = " ".repeat(LARGE_BYTES - 1).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (Connections large = Connections.open(url, LARGE_BODIES)) {

            // when
            large.send(head);
            large.sendAsFarAsRead(nearlyAll);
            double held = Scrape.of(url).sum("tally_http_body_bytes", "") / (1 << 20);

            // then
            Map<String, Long> answers = large.answersOrClosed().stream()
                    .collect(Collectors.groupingBy(
                            answer -> answer.map(each -> Integer.toString(each.status()))
                                    .orElse("closed"),
                            Collectors.counting()));
            assertThat(answers.keySet()).isSubsetOf("503", "408", "closed").contains("408");
            assertThat(answers.getOrDefault("408", 0L)).isLessThanOrEqualTo(32);
            assertThat(held).isLessThanOrEqualTo(128);
            Options.say("bounds: %d bodies of 4 MiB: %.0f MiB held, answers %s", LARGE_BODIES, held, answers);
        }
    }

    @Test
    void shouldServeOthersWhenClientsNeverReadTheirAnswers() throws IOException {
        // given
        assertThat(api.postEmpty(CounterName.of("bounds", "slow")).status()).isEqualTo(202);
        try (SlowReaders readers = SlowReaders.open(url, SLOW_READERS);
                SlowReaders watchers = SlowReaders.open(url, SLOW_WATCHERS)) {

            // when
            readers.sendUntilNothingIsTaken("GET /v1/counters/bounds/slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
            watchers.sendUntilNothingIsTaken("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");

            // then
            for (int i = 0; i < 100; i++) {
                Answer answer = api.postEmpty(CounterName.of("bounds", "others"));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            }
            assertThat(Http.statusOrZero(url.resolve("/livez"))).isEqualTo(200);
            assertThat(Http.statusOrZero(url.resolve("/readyz"))).isEqualTo(200);
            double mib = heap();
            assertThat(mib).isLessThan(mibBefore + MIB_MORE_MAX);
            Options.say(
                    "bounds: %d clients that never read, %d requests sent: heap after GC %.0f MiB (before: %.0f)",
                    SLOW_READERS + SLOW_WATCHERS, readers.requests() + watchers.requests(), mib, mibBefore);
        }
        assertThat(total("others")).isEqualTo(100);
    }

    private static double heap() throws IOException {
        return Heap.usedMib(system.processes().get("up"), url);
    }

    private static long total(String counter) {
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            Settled settled = new Settled(api, new LogModel(topic.events(), system.partitions()));
            Long total = settled.read(CounterName.of("bounds", counter)).total();
            return total == null ? 0 : total;
        }
    }

    private static String post(String counter, String body) {
        return head("POST", counter) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String head(String method, String counter) {
        return method + " /v1/counters/bounds/" + counter + " HTTP/1.1\r\nHost: localhost\r\n";
    }
}
