package dev.tally.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.topic.Topics;
import dev.tally.system.client.Api;
import dev.tally.system.client.Http;
import dev.tally.system.harness.CommandRun;
import dev.tally.system.harness.UpSystem;
import dev.tally.system.log.EventTopic;
import dev.tally.system.log.Poison;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rejected events of every reason are appended again, and count once however often the command runs. */
class ReplayRejectedIT {
    private static final CounterName FULL = CounterName.of("replay", "full");
    private static final CounterName REUSED = CounterName.of("replay", "reused");
    private static final CounterName MISPLACED = CounterName.of("replay", "misplaced");
    private static final CounterName KNOWN_NOW = CounterName.of("replay", "known-now");
    private static final CounterName UNKNOWN = CounterName.of("replay", "unknown");

    private static UpSystem system;

    @BeforeAll
    static void start() {
        system = new UpSystem("replay-rejected");
        system.start();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void shouldCountEachRejectedEventOnceHoweverOftenItIsReplayed() throws Exception {
        // given
        reject();

        // when: nothing is appended
        CommandRun plan = system.tally("replay-rejected", "--dry-run");

        // then
        assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(1);
        assertThat(plan.lines()).contains("overflow: 2 matched, 2 to append, 0 appended earlier, 0 left");
        assertThat(events(MISPLACED)).isEqualTo(1);

        // when: each event that counting may accept is appended; two of them overflow again
        CommandRun all = system.tally("replay-rejected");

        // then
        assertThat(all.exitCode()).as(all.toString()).isEqualTo(1);
        assertThat(all.lines())
                .contains(
                        "bad_key: 1 matched, 0 appended, 0 appended earlier, 1 left",
                        "id_reused: 1 matched, 0 appended, 0 appended earlier, 1 left",
                        "overflow: 2 matched, 2 appended, 0 appended earlier, 0 left",
                        "too_large: 1 matched, 0 appended, 0 appended earlier, 1 left",
                        "undecodable: 3 matched, 1 appended, 0 appended earlier, 2 left",
                        "wrong_partition: 1 matched, 1 appended, 0 appended earlier, 0 left")
                .anyMatch(line -> line.contains(UNKNOWN + ": magic byte"))
                .anyMatch(line -> line.contains("the key is not"))
                .anyMatch(line -> line.contains("id: 140 bytes"))
                .anyMatch(line -> line.contains(REUSED + ": another event"));
        awaitTotal(MISPLACED, 10);
        awaitTotal(KNOWN_NOW, 100);
        awaitRejected(FULL, 4);

        // when: a SET makes room
        Http.send(
                "PUT",
                system.writeUrl().resolve("/v1/counters/" + FULL.path() + "?wait=20s"),
                BodyPublishers.ofString("{\"total\":0,\"id\":\"correction\"}"),
                "application/json");
        CommandRun overflows = system.tally("replay-rejected", "--reason", "overflow", FULL.toString());

        // then: an event that was rejected twice is appended once
        assertThat(overflows.orFail().lines())
                .containsExactly("overflow: 4 matched, 2 appended, 2 appended earlier, 0 left");
        awaitTotal(FULL, 12);

        // when
        CommandRun reused = system.tally("replay-rejected", "--reason", "id_reused", "--yes");

        // then
        assertThat(reused.orFail().lines())
                .containsExactly("id_reused: 1 matched, 1 appended, 0 appended earlier, 0 left");
        awaitTotal(REUSED, 3);
        assertNothingIsCountedTwice();
    }

    private static void assertNothingIsCountedTwice() throws IOException {
        // when
        CommandRun again = system.tally("replay-rejected", "--yes");
        CommandRun full = system.tally("replay-rejected", FULL.toString());

        // then
        assertThat(again.exitCode()).as(again.toString()).isEqualTo(1);
        assertThat(again.lines())
                .filteredOn(line -> line.contains(" matched, "))
                .hasSize(6)
                .allMatch(line -> line.contains(" 0 appended, "));
        assertThat(full.orFail().lines())
                .containsExactly("overflow: 4 matched, 0 appended, 4 appended earlier, 0 left");
        String events =
                system.tally("events", MISPLACED.toString(), "--json").orFail().out();
        assertThat(events)
                .containsOnlyOnce("\"replayOf\":")
                .contains("\"id\":\"tally.rejected.", "\"source\":\"stock\"");
        awaitTotal(FULL, 12);
        awaitTotal(REUSED, 3);
        awaitTotal(MISPLACED, 10);
        awaitTotal(KNOWN_NOW, 100);
        assertThat(new Api(system).read(UNKNOWN).isUnknown()).isTrue();
    }

    @Test
    void shouldExitWith2WhenThereIsNoSuchReason() {
        CommandRun run = system.tally("replay-rejected", "--reason", "late");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("late (expected: bad_key, wrong_partition, undecodable,");
    }

    /** Produces a rejected event of each reason, and two that overflow. */
    private static void reject() throws Exception {
        system.tally("hit", REUSED.toString(), "--id", "a", "--wait", "20s").orFail();
        system.tally("hit", REUSED.toString(), "--id", "a", "--delta", "2").orFail();
        system.tally("hit", FULL.toString(), "--delta", Long.toString(Long.MAX_VALUE), "--wait", "20s")
                .orFail();
        system.tally("hit", FULL.toString(), "--delta", "5").orFail();
        try (Poison poison = new Poison(system.kafka(), system.partitions())) {
            poison.put(FULL.key(), Poison.add(7, "order-7", "stock"));
            poison.put((poison.belongsTo(MISPLACED.key()) + 1) % system.partitions(), MISPLACED.key(), Poison.add(10));
            poison.put("no-slash".getBytes(UTF_8), Poison.add(1));
            poison.put(UNKNOWN.key(), Poison.add(1, "x".repeat(140), null));
            poison.put(UNKNOWN.key(), "hello".getBytes(UTF_8));
            RecordMetadata place = poison.put(KNOWN_NOW.key(), new byte[] {0, 1, 2});
            await("all rejected").atMost(Duration.ofSeconds(30)).until(() -> rejected(null) == 8);
            rejectAsUndecodable(place);
        }
    }

    /** The record of an event whose schema was not known when it was counted, and is known now. */
    private static void rejectAsUndecodable(RecordMetadata place) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.kafka()), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(Topics.REJECTED, KNOWN_NOW.key(), Poison.add(100));
            record.headers()
                    .add("tally.reason", "undecodable".getBytes(UTF_8))
                    .add("tally.partition", Integer.toString(place.partition()).getBytes(UTF_8))
                    .add("tally.offset", Long.toString(place.offset()).getBytes(UTF_8));
            producer.send(record).get(20, TimeUnit.SECONDS);
        }
    }

    private static void awaitTotal(CounterName counter, long total) {
        Api api = new Api(system);
        await(counter + " is " + total)
                .atMost(Duration.ofSeconds(30))
                .until(() -> Long.valueOf(total).equals(api.read(counter).total()));
    }

    private static void awaitRejected(CounterName counter, int times) {
        await(counter + " is rejected").atMost(Duration.ofSeconds(30)).until(() -> rejected(counter) == times);
    }

    private static int events(CounterName counter) {
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            return (int) topic.events().stream()
                    .filter(event -> event.key().equals(counter.toString()))
                    .count();
        }
    }

    /** @param counter null for all */
    private static int rejected(@Nullable CounterName counter) {
        try (EventTopic topic = new EventTopic(system.kafka(), system.partitions())) {
            return (int) topic.records(Topics.REJECTED).stream()
                    .filter(record -> counter == null || new String(record.key(), UTF_8).equals(counter.toString()))
                    .count();
        }
    }
}
