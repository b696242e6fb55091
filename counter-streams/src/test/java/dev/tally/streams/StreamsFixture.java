package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.protocol.MalformedAnswerException;
import dev.tally.protocol.ReadProtocol;
import dev.tally.protocol.ResultFormat;
import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import dev.tally.service.settings.Environment;
import dev.tally.streams.generation.BoardWriter;
import dev.tally.streams.state.store.StateParameters;
import dev.tally.testkit.Seed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs counter-streams as a separate process would, on a real broker, and reads it over HTTP. */
abstract class StreamsFixture {
    static final String APPLICATION_ID = "tally-g1";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temporary;

    final HttpClient http = HttpClient.newHttpClient();
    RealBroker broker;
    CounterStreamsMain streams;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new RealBroker();
    }

    @AfterEach
    void close() throws Exception {
        if (streams != null) {
            streams.close();
        }
        broker.close();
    }

    final Random seeded() {
        long seed = Seed.printed(getClass());
        return new Random(seed);
    }

    final void start() throws Exception {
        streams = CounterStreamsMain.start(settings(null));
        awaitReady();
    }

    final void awaitReady() {
        await().atMost(PATIENCE).until(() -> get("/readyz").statusCode() == 200);
    }

    final void restart() throws Exception {
        streams.close();
        start();
    }

    /** Requests a rebuild as the command does. */
    final void requestRebuild(boolean acceptDifferences) {
        var unused = new BoardWriter(settings(null).board())
                .change(now -> Objects.requireNonNull(now).rebuild(acceptDifferences, StateParameters.FORMAT));
    }

    /** Why the live state cannot be used, as {@code /readyz} says. The process goes on, and answers no read. */
    final String sentence() throws Exception {
        await().atMost(PATIENCE)
                .until(() -> get("/readyz").body().contains("scripts/tally rebuild")
                        || get("/readyz").body().contains("TALLY_STREAMS_ACCEPT_GAP"));
        String body = get("/readyz").body().replace("\\\"", "\"");
        System.out.println("unusable: " + body);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(read("shop/cart")).isInstanceOf(ReadResult.NotReady.class);
        assertThat(body).doesNotContain("Exception");
        assertThat(streams.failure()).isNotDone();
        return body;
    }

    /** The receipt of an event of shop/cart. */
    static Receipt receipt(long offset) {
        return new Receipt(
                Placement.partition("shop/cart".getBytes(StandardCharsets.UTF_8), RealBroker.PARTITIONS), offset);
    }

    /** The outcome of an event that added a value with an ID. */
    final ReadResult.Found<Total> outcome(String name, Receipt receipt, long delta, String id) throws Exception {
        EventContent content = new EventContent(Operation.ADD, delta);
        return (ReadResult.Found<Total>)
                askLater(name, ReadQuery.outcomeOf(receipt, content, id, Duration.ofSeconds(30)))
                        .get();
    }

    final StreamsSettings settings(String endpoint) {
        return settings(endpoint, Map.of());
    }

    final StreamsSettings settings(String endpoint, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>();
        variables.put("TALLY_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        variables.put("TALLY_HTTP_PORT", "0");
        variables.put("TALLY_STATE_DIR", temporary.resolve("state").toString());
        variables.put("TALLY_EVENTS_PARTITIONS", String.valueOf(RealBroker.PARTITIONS));
        variables.putAll(more);
        if (endpoint != null) {
            variables.put("TALLY_STREAMS_ENDPOINT", endpoint);
        }
        Environment environment = Environment.of(SettingNames.ALL, variables, Map.of());
        StreamsSettings settings = StreamsSettings.read(environment);
        environment.verify();
        return settings;
    }

    final Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    final ReadResult.Found<Total> awaitTotal(String name, long total) {
        return await("the total of " + name)
                .atMost(PATIENCE)
                .until(
                        () -> read(name) instanceof ReadResult.Found<Total> found
                                        && found.value().total() == total
                                ? found
                                : null,
                        found -> found != null);
    }

    final ReadResult<Total> read(String name) throws Exception {
        return ask(streams, name);
    }

    final ReadResult<Total> ask(CounterStreamsMain asked, String name) throws Exception {
        return parse(http.send(
                HttpRequest.newBuilder(uri(asked, name, ReadQuery.NOW)).build(),
                HttpResponse.BodyHandlers.ofByteArray()));
    }

    final CompletableFuture<ReadResult<Total>> askLater(String name, ReadQuery query) {
        return http.sendAsync(
                        HttpRequest.newBuilder(uri(streams, name, query)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(StreamsFixture::parse);
    }

    static URI uri(CounterStreamsMain asked, String name, ReadQuery query) {
        CounterName counter = CounterName.ofKey(name.getBytes(StandardCharsets.UTF_8));
        return URI.create(
                asked.server().url() + ReadProtocol.LIVE.total(counter).target(query));
    }

    static ReadResult<Total> parse(HttpResponse<byte[]> answer) {
        try {
            return ResultFormat.TOTAL.parse(answer.body());
        } catch (MalformedAnswerException e) {
            throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8), e);
        }
    }

    final HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create(streams.server().url() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    final double metric(String line) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
                .findFirst()
                .orElseThrow();
    }

    static void deleteRecursively(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    final void delete(String topic) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(topic));
        }
    }

    /** Removes the static members of the group, which keep their place when they close, if there are any. */
    final void removeMembers() throws Exception {
        try (Admin admin = admin()) {
            admin.removeMembersFromConsumerGroup(APPLICATION_ID, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) { // Kafka's client refuses an empty group
                throw e;
            }
        }
    }

    /** Deletes the offsets of the group. */
    final void loseOffsets() throws Exception {
        removeMembers();
        try (Admin admin = admin()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.of(APPLICATION_ID)).all().get();
                return true;
            });
        }
    }
}
