package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.streams.RealBroker;
import dev.tally.streams.state.flush.FlushSchedulers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The consumer of events as Kafka Streams uses it, on a real broker, with a limit or a rate. */
@Timeout(LimitedConsumerIT.PATIENCE_SECONDS)
class LimitedConsumerIT {
    private static final String TOPIC = "records";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final int RECORDS = 100;
    private static final long LAST = 49;
    private static final Duration POLL = Duration.ofMillis(100);
    static final int PATIENCE_SECONDS = 120;

    private final AtomicLong nanos = new AtomicLong();
    private final EventRate rate = new EventRate(nanos::get);
    private final OffsetLimit limit = new OffsetLimit();
    private final SchemaDirectory schemas = SchemaDirectory.ofReleased();
    private RealBroker broker;
    private Consumer<byte[], byte[]> consumer;

    @BeforeEach
    void start() throws Exception {
        broker = new RealBroker();
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        append(RECORDS);
        EventClients clients = new EventClients(
                new FlushSchedulers(System::nanoTime, false),
                schemas,
                new StalledPartitions(schemas::ask, System::nanoTime),
                new PollLimit(),
                limit,
                rate);
        consumer = clients.getConsumer(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "limited",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest"));
    }

    @AfterEach
    void close() {
        consumer.close();
        schemas.close();
        broker.close();
    }

    @Test
    void shouldReturnTheRecordsUpToTheLimitAndTheOthersWhenItIsLifted() {
        // given
        limit.set(Map.of(0, LAST));
        consumer.subscribe(List.of(TOPIC));

        // then
        assertThat(nextOffset()).isEqualTo(LAST + 1);
        assertThat(consumer.position(PARTITION)).isEqualTo(LAST + 1);
        assertThat(consumer.paused()).containsExactly(PARTITION);
        consumer.resume(List.of(PARTITION)); // Streams resumes a partition whose queue has space
        assertThat(consumer.poll(POLL).isEmpty()).isTrue();

        // when
        limit.set(Map.of(0, LAST + 1));

        // then
        assertThat(nextOffset()).isEqualTo(LAST + 2);

        // when
        limit.lift();

        // then
        assertThat(nextOffset()).isEqualTo(RECORDS);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void shouldEndAnIdlePollWhenTheLimitIsLifted() throws Exception {
        // given
        limit.set(Map.of(0, LAST));
        consumer.subscribe(List.of(TOPIC));
        assertThat(nextOffset()).isEqualTo(LAST + 1);

        // when
        CountDownLatch polling = new CountDownLatch(1);
        CompletableFuture<Long> next = CompletableFuture.supplyAsync(() -> {
            polling.countDown();
            consumer.poll(Duration.ofSeconds(10L * PATIENCE_SECONDS));
            return nextOffset();
        });
        polling.await();
        limit.lift();

        // then
        assertThat(next.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(RECORDS);
    }

    @Test
    void shouldLimitTheRecordsThatArriveWhileAPollWaits() throws Exception {
        // given
        consumer.subscribe(List.of(TOPIC));
        assertThat(nextOffset()).isEqualTo(RECORDS);

        // when
        CompletableFuture<Long> next = CompletableFuture.supplyAsync(this::nextOffset);
        limit.set(Map.of(0, RECORDS + 4L));
        append(RECORDS);

        // then
        while (next.get(PATIENCE_SECONDS, TimeUnit.SECONDS) < RECORDS + 5) {
            next = CompletableFuture.supplyAsync(this::nextOffset);
        }
        assertThat(next.get()).isEqualTo(RECORDS + 5);
    }

    @Test
    void shouldReturnTheRecordsUpToTheLimitAgainWhenThePartitionIsAssignedAgain() {
        // given: Streams pauses an assigned partition until its task is restored
        limit.set(Map.of(0, LAST));
        ConsumerRebalanceListener asStreams = new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                consumer.pause(assigned);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                // Streams commits before it
            }
        };
        consumer.subscribe(List.of(TOPIC), asStreams);
        awaitAssignment();
        consumer.resume(consumer.assignment());
        assertThat(nextOffset()).isEqualTo(LAST + 1);
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(20)));

        // when
        consumer.unsubscribe();
        consumer.subscribe(List.of(TOPIC), asStreams);
        awaitAssignment();
        consumer.resume(consumer.assignment());

        // then
        ConsumerRecords<byte[], byte[]> polled = awaitRecords();
        assertThat(polled.iterator().next().offset()).isEqualTo(20);
        assertThat(polled.nextOffsets().get(PARTITION).offset()).isEqualTo(LAST + 1);
    }

    @Test
    void shouldReturnTheRecordsUpToTheLimitAgainWhenStreamsRevivesATask() {
        // given
        limit.set(Map.of(0, LAST));
        consumer.subscribe(List.of(TOPIC));
        assertThat(nextOffset()).isEqualTo(LAST + 1);

        // when
        consumer.pause(List.of(PARTITION));
        consumer.poll(POLL);
        consumer.seek(PARTITION, new OffsetAndMetadata(30));
        consumer.resume(List.of(PARTITION));

        // then
        ConsumerRecords<byte[], byte[]> polled = awaitRecords();
        assertThat(polled.iterator().next().offset()).isEqualTo(30);
        assertThat(polled.nextOffsets().get(PARTITION).offset()).isEqualTo(LAST + 1);
        assertThat(consumer.paused()).containsExactly(PARTITION);
    }

    @Test
    void shouldReturnNoRecordWhileTheRateIsUsedUp() {
        // given
        rate.set(1);
        consumer.subscribe(List.of(TOPIC));
        assertThat(nextOffset()).isEqualTo(RECORDS);
        append(RECORDS);

        // then
        assertThat(consumer.poll(POLL).isEmpty()).isTrue();
        assertThat(consumer.paused()).isEmpty();

        // when
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(RECORDS));

        // then
        assertThat(nextOffset()).isBetween(RECORDS + 1L, 2L * RECORDS);
    }

    @Test
    void shouldKeepThePausesOfStreamsWhileTheRateIsUsedUp() {
        // given
        rate.set(1);
        consumer.subscribe(List.of(TOPIC));
        assertThat(nextOffset()).isEqualTo(RECORDS);
        consumer.pause(List.of(PARTITION));

        // when
        assertThat(consumer.poll(POLL).isEmpty()).isTrue();

        // then
        assertThat(consumer.paused()).containsExactly(PARTITION);
    }

    @Test
    void shouldEndAPollWithoutRecordsWhenTheRateIsLifted() throws Exception {
        // given
        rate.set(1);
        consumer.subscribe(List.of(TOPIC));
        assertThat(nextOffset()).isEqualTo(RECORDS);
        append(RECORDS);

        // when
        CountDownLatch polling = new CountDownLatch(1);
        CompletableFuture<Long> next = CompletableFuture.supplyAsync(() -> {
            polling.countDown();
            consumer.poll(Duration.ofSeconds(10L * PATIENCE_SECONDS));
            append(1);
            return nextOffset();
        });
        polling.await();
        rate.set(EventRate.UNLIMITED);

        // then
        assertThat(next.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isGreaterThan(RECORDS);
    }

    private void append(int records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                var unused = producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[1]));
            }
        }
    }

    private void awaitAssignment() {
        while (consumer.assignment().isEmpty()) {
            consumer.poll(POLL);
        }
    }

    private ConsumerRecords<byte[], byte[]> awaitRecords() {
        while (true) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            if (!polled.isEmpty()) {
                return polled;
            }
        }
    }

    /** The offset after the next polled records. */
    private long nextOffset() {
        return awaitRecords().nextOffsets().get(PARTITION).offset();
    }
}
