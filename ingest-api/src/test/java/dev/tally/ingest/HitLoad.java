package dev.tally.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.wire.EventDecoder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Clients that post hits, each hit with its own source, and keep the answers. {@link #judge} checks after the run that each
 * acknowledged event is in the log at its receipt, and that no refused event is in the log. {@link #slowest} shows whether all
 * requests were answered in time.
 */
final class HitLoad {
    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z_]+)\"");
    private static final Pattern RECEIPT = Pattern.compile("\"receipt\":\"([0-9-]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Semaphore permits;
    private final int clients;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong slowestNanos = new AtomicLong();
    /** The answer of each source: its receipt, or the code of the problem. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private volatile boolean stopped;
    private Thread thread;

    HitLoad(String url, int clients) {
        this.url = url;
        this.clients = clients;
        this.permits = new Semaphore(clients);
    }

    void start() {
        thread = new Thread(this::post, "hit-load");
        thread.start();
    }

    /** Stops the load. Returns when every hit has been answered. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
        permits.acquire(clients);
        permits.release(clients);
    }

    int answered() {
        return answers.size();
    }

    /** The number of answers of each code so far. Acknowledged hits count under {@code 202}. */
    Map<String, Integer> codes() {
        Map<String, Integer> codes = new TreeMap<>();
        answers.values().forEach(answer -> codes.merge(isReceipt(answer) ? "202" : answer, 1, Integer::sum));
        return codes;
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    private void post() {
        while (!stopped) {
            permits.acquireUninterruptibly();
            String source = "hit-" + numbers.incrementAndGet();
            long started = System.nanoTime();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/counters/load/c" + numbers.get() % 20))
                    .timeout(Duration.ofSeconds(60))
                    .POST(BodyPublishers.ofString("{\"source\":\"" + source + "\"}"))
                    .build();
            client.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, failure) -> {
                slowestNanos.accumulateAndGet(System.nanoTime() - started, Math::max);
                answers.put(source, failure == null ? told(response) : "failed: " + failure);
                permits.release();
            });
        }
    }

    private static String told(HttpResponse<String> response) {
        Matcher matcher = (response.statusCode() == 202 ? RECEIPT : CODE).matcher(response.body());
        return matcher.find() ? matcher.group(1) : "not understood: " + response.body();
    }

    private static boolean isReceipt(String answer) {
        return Character.isDigit(answer.charAt(0));
    }

    /** @param log all records of the log */
    void judge(List<ConsumerRecord<byte[], byte[]>> log) {
        Map<String, String> recorded = new HashMap<>();
        EventDecoder event = EventDecoder.released();
        for (ConsumerRecord<byte[], byte[]> record : log) {
            assertThat(event.decode(record.value())).isTrue();
            String place = record.partition() + "-" + record.offset();
            assertThat(recorded.put(String.valueOf(event.source()), place))
                    .as("%s is in the log twice", event.source())
                    .isNull();
        }
        answers.forEach((source, answer) -> {
            if (isReceipt(answer)) {
                assertThat(recorded.get(source)).as("%s, acknowledged", source).isEqualTo(answer);
            } else if (!answer.equals("unconfirmed")) {
                assertThat(answer).as(source).isIn("kafka_unavailable", "overloaded", "shutting_down");
                assertThat(recorded).as("%s, %s", source, answer).doesNotContainKey(source);
            }
        });
        assertThat(recorded.size()).isLessThanOrEqualTo(answers.size());
    }
}
