package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import dev.tally.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.tools.StreamsResetter;
import org.junit.jupiter.api.Test;

/**
 * A state that does not fit the log is refused with a one-line message, and the action in {@code docs/operations.md} recovers the
 * totals of the log. Offset gaps that are caused by transactions are not refused.
 */
class StateAgainstLogIT extends StreamsFixture {
    private static final String CHANGELOG = "tally-g1-counters-changelog";
    private static final String REMEDY = "\"The state and the log do not fit\" in docs/operations.md";
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final int PARTITION = receipt(0).partition();

    @Test
    void shouldRefuseReadsWhenTheChangelogIsLostAndTheOffsetsAreNot() throws Exception {
        // given
        countAndStop(3);
        delete(CHANGELOG);
        deleteRecursively(temporary.resolve("state"));

        // when / then
        assertThat(unusable(Map.of()))
                .contains("The changelog topic " + CHANGELOG + " does not exist", "counted up to", REMEDY);
        countAgain();
        awaitTotal("shop/cart", 3);
    }

    @Test
    void shouldRefuseReadsWhenTheChangelogAndTheOffsetsAreLostAndTheStateDirectoryIsNot() throws Exception {
        // given
        countAndStop(3);
        loseOffsets();
        delete(CHANGELOG);

        // when / then
        assertThat(unusable(Map.of()))
                .contains("The changelog topic " + CHANGELOG + " does not exist", "state", REMEDY);
        countAgainWithStockTools();
        awaitTotal("shop/cart", 3);
    }

    @Test
    void shouldCountFromTheBeginningWhenChangelogOffsetsAndStateDirectoryAreLost() throws Exception {
        // given
        countAndStop(3);
        loseOffsets();
        delete(CHANGELOG);
        deleteRecursively(temporary.resolve("state"));

        // when
        start();

        // then
        awaitTotal("shop/cart", 3);
    }

    @Test
    void shouldRefuseAStateBehindTheOffsetsWhenTheChangelogIsEmpty() throws Exception {
        // given
        countAndStop(3);
        delete(CHANGELOG);
        createChangelog();
        deleteRecursively(temporary.resolve("state"));

        // when / then
        assertThat(unusable(Map.of()))
                .contains(
                        "the state holds none of them",
                        "the changelog topic " + CHANGELOG + " has lost records",
                        REMEDY);
        countAgain();
        awaitTotal("shop/cart", 3);
    }

    @Test
    void shouldRefuseAStateDirectoryWhenTheChangelogIsEmpty() throws Exception {
        // given: Streams deletes the directory if the brokers report in time that its changelog offset is out of range
        countAndStop(3);
        delete(CHANGELOG);
        createChangelog();

        // when / then
        assertThat(unusable(Map.of())).contains("the changelog topic " + CHANGELOG, REMEDY);
        countAgain();
        awaitTotal("shop/cart", 3);
    }

    @Test
    void shouldRefuseALogThatHasLostItsEnd() throws Exception {
        // given
        countAndStop(3);
        replaceLog(1);

        // when / then
        assertThat(unusable(Map.of())).contains("the log was replaced or has lost its end", REMEDY);
        countAgain();
        awaitTotal("shop/cart", 1);
    }

    @Test
    void shouldRefuseALogThatHasLostItsEndAndGrownAgain() throws Exception {
        // given
        countAndStop(3);
        replaceLog(7);

        // when / then
        assertThat(unusable(Map.of()))
                .contains(PARTITION + "-2 ", "the log was replaced, or has lost its end and grown again", REMEDY);
        countAgain();
        awaitTotal("shop/cart", 7);
        restart();
        awaitTotal("shop/cart", 7);
    }

    @Test
    void shouldRefuseUntilTheGapIsAcceptedWhenEventsWereDeletedBeforeTheyWereCounted() throws Exception {
        // given
        countAndStop(3);
        hits(4);
        deleteRecords(5);
        String place = PARTITION + "-5";

        // when / then
        assertThat(unusable(Map.of()))
                .contains(PARTITION + "-3 to " + PARTITION + "-4 ", "TALLY_STREAMS_ACCEPT_GAP=" + place, REMEDY);
        assertThat(unusable(Map.of("TALLY_STREAMS_ACCEPT_GAP", PARTITION + "-4")))
                .contains("TALLY_STREAMS_ACCEPT_GAP=" + place);

        // when
        start(Map.of("TALLY_STREAMS_ACCEPT_GAP", place));

        // then
        awaitTotal("shop/cart", 5);
        restart();
        hits(1);
        awaitTotal("shop/cart", 6);
    }

    @Test
    void shouldRefuseUntilTheGapIsAcceptedWhenTheStateIsEmptyAndTheLogHasLostItsBeginning() throws Exception {
        // given
        countAndStop(3);
        deleteRecords(2);
        reset();

        // when / then
        assertThat(unusable(Map.of()))
                .contains(PARTITION + "-0 to " + PARTITION + "-1 ", "TALLY_STREAMS_ACCEPT_GAP=" + PARTITION + "-2");

        // when
        start(Map.of("TALLY_STREAMS_ACCEPT_GAP", PARTITION + "-2"));

        // then
        awaitTotal("shop/cart", 1);
    }

    @Test
    void shouldContinueWhenOnlyCountedRecordsAreDeleted() throws Exception {
        // given
        countAndStop(3);
        deleteRecords(3);

        // when
        start();
        hits(1);

        // then
        awaitTotal("shop/cart", 4);
    }

    @Test
    void shouldRefuseReadsWhenEventsAreDeletedBeforeTheyAreCountedWhileItRuns() throws Exception {
        // given
        start();
        hits(1);
        awaitTotal("shop/cart", 1);
        try (KafkaProducer<byte[], byte[]> open = broker.transaction()) {
            broker.append(open, "shop/cart");
            hits(3);

            // when
            deleteRecords(4);
            open.commitTransaction();
        }

        // then
        assertThat(sentence())
                .contains(PARTITION + "-1 to " + PARTITION + "-3 ", "TALLY_STREAMS_ACCEPT_GAP=" + PARTITION + "-4");
    }

    @Test
    void shouldFindNoGapWhenOtherProducersUseTransactions() throws Exception {
        // given
        start();
        try (KafkaProducer<byte[], byte[]> other = broker.transaction()) {
            // when: 0 aborted, 1 marker, 2 committed, 3 marker, 4 aborted, 5 marker
            broker.append(other, "shop/cart");
            other.abortTransaction();
            other.beginTransaction();
            broker.append(other, "shop/cart");
            other.commitTransaction();
            other.beginTransaction();
            broker.append(other, "shop/cart");
            other.abortTransaction();
        }

        // then
        awaitTotal("shop/cart", 1);
        awaitCommitted(6);
        restart();
        hits(2);
        awaitTotal("shop/cart", 3);
        streams.close();
        deleteRecursively(temporary.resolve("state"));
        start();
        awaitTotal("shop/cart", 3);
    }

    private void countAndStop(int hits) throws Exception {
        start();
        hits(hits);
        awaitTotal("shop/cart", hits);
        streams.close();
    }

    private void hits(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            broker.append("shop/cart", Operation.ADD, 1);
        }
    }

    /** What {@code scripts/tally rebuild} requests; the instance that refuses its state goes on. */
    private void countAgain() throws Exception {
        removeMembers(); // those of the instance that was stopped; UnusableStateIT waits for the end of their session
        requestRebuild(false);
        awaitReady();
        ReadResult<Total> never = read("shop/never");
        assertThat(never).isInstanceOf(ReadResult.Unknown.class);
    }

    /** Follows the page: resets the application, deletes the state directory and starts. */
    private void countAgainWithStockTools() throws Exception {
        streams.close();
        reset();
        start();
        ReadResult<Total> never = read("shop/never");
        assertThat(never).isInstanceOf(ReadResult.Unknown.class);
    }

    private void reset() throws Exception {
        String command = "scripts/tally kafka streams-application-reset ";
        String line;
        try (Stream<String> lines = Files.lines(PAGE)) {
            line = lines.filter(each -> each.startsWith(command)).findFirst().orElseThrow();
        }
        String arguments = "--bootstrap-server " + broker.bootstrapServers() + " " + line.substring(command.length());
        assertThat(new StreamsResetter().execute(arguments.split(" "))).isZero();
        if (Files.exists(temporary.resolve("state"))) {
            deleteRecursively(temporary.resolve("state"));
        }
    }

    /** The message of a state that cannot be used, as an operator sees it. The process goes on, and answers no read. */
    private String unusable(Map<String, String> more) throws Exception {
        streams.close();
        streams = CounterStreamsMain.start(settings(null, more));
        return sentence();
    }

    private void start(Map<String, String> more) throws Exception {
        streams.close();
        streams = CounterStreamsMain.start(settings(null, more));
        awaitReady();
    }

    private void createChangelog() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(CHANGELOG, RealBroker.PARTITIONS, (short) 1)
                            .configs(Map.of(
                                    "cleanup.policy", "compact",
                                    "message.timestamp.type", "LogAppendTime",
                                    "min.compaction.lag.ms", "3600000"))))
                    .all()
                    .get();
        }
    }

    /** Replaces the log by another one of the same name with the given number of hits. */
    private void replaceLog(int hits) throws Exception {
        delete(Topics.EVENTS);
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, RealBroker.PARTITIONS, (short) 1)
                            .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
                    .all()
                    .get();
        }
        hits(hits);
    }

    private void deleteRecords(long before) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteRecords(
                            Map.of(new TopicPartition(Topics.EVENTS, PARTITION), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    private void awaitCommitted(long offset) {
        try (Admin admin = admin()) {
            await().atMost(PATIENCE)
                    .until(() -> admin.listConsumerGroupOffsets(StreamsFixture.APPLICATION_ID)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .getOrDefault(
                                            new TopicPartition(Topics.EVENTS, PARTITION), new OffsetAndMetadata(0))
                                    .offset()
                            == offset);
        }
    }
}
