package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.RealBroker;
import dev.tally.streams.state.flush.FlushSchedulers;
import dev.tally.testkit.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wakeups at any moment, including during rebalances. No call throws because of a wakeup, and no record is lost. */
class FlushingConsumerIT {
    private static final String TOPIC = "records";
    private static final int MEMBERS = 3;
    private static final int RECORDS = 6_000;
    private static final int LIVES = 5;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int PATIENCE_SECONDS = 120;

    private final Set<TopicPartition> partitions = new HashSet<>();
    private final Map<TopicPartition, Set<Long>> seen = new ConcurrentHashMap<>();
    private final List<Member> living = new CopyOnWriteArrayList<>();
    private final AtomicInteger rebalances = new AtomicInteger();
    private RealBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new RealBroker();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, RealBroker.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        for (int partition = 0; partition < RealBroker.PARTITIONS; partition++) {
            partitions.add(new TopicPartition(TOPIC, partition));
        }
    }

    @AfterEach
    void close() throws Exception {
        broker.close();
    }

    @Test
    void shouldLoseNoRecordAndThrowForNoWakeupWhenMembersComeAndGo() throws Exception {
        // given
        long seed = Seed.printed(FlushingConsumerIT.class);
        ExecutorService threads = Executors.newFixedThreadPool(MEMBERS + 2);
        try {
            // when
            List<Future<?>> members = new ArrayList<>();
            for (int i = 0; i < MEMBERS; i++) {
                Random random = new Random(seed + i);
                members.add(threads.submit(() -> live(random)));
            }
            Future<?> wakeups = threads.submit(() -> wakeUp(new Random(seed)));
            Future<?> records = threads.submit(this::append);

            // then
            records.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (Future<?> member : members) {
                member.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            wakeups.cancel(true);
            assertThat(seen.values()).allSatisfy(offsets -> assertThat(offsets).hasSize(RECORDS / partitions.size()));
            assertThat(rebalances).hasValueGreaterThan(MEMBERS);
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** Joins and leaves the group several times. The last membership ends when every record was seen. */
    private void live(Random random) {
        for (int life = 1; life <= LIVES; life++) {
            int recordsMax = life < LIVES ? 1 + random.nextInt(RECORDS / MEMBERS / LIVES) : Integer.MAX_VALUE;
            try (Member member = new Member()) {
                living.add(member);
                while (member.records < recordsMax && !isAllSeen()) {
                    member.step();
                }
                living.remove(member);
            }
        }
    }

    private boolean isAllSeen() {
        return seen.values().stream().mapToInt(Set::size).sum() >= RECORDS;
    }

    /** Sends at most one wakeup for every second poll. A member does not join the group if every poll is interrupted. */
    private void wakeUp(Random random) {
        while (!Thread.currentThread().isInterrupted()) {
            for (Member member : living) {
                int polls = member.polls.get();
                if (polls >= member.nextWakeup) {
                    for (int spins = random.nextInt(20_000); spins > 0; spins--) {
                        Thread.onSpinWait();
                    }
                    member.consumer.wakeup();
                    member.nextWakeup = polls + 2 + random.nextInt(3);
                }
            }
        }
    }

    private void append() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                var unused = producer.send(new ProducerRecord<>(TOPIC, i % RealBroker.PARTITIONS, null, new byte[1]));
                if (i % 100 == 0) {
                    producer.flush();
                }
            }
        }
    }

    /** Of an instance that is ready: polls are as long as requested. */
    private static PollLimit limit() {
        PollLimit limit = new PollLimit();
        limit.ready(true);
        return limit;
    }

    private final class Member implements AutoCloseable, ConsumerRebalanceListener {
        private final AtomicInteger polls = new AtomicInteger();
        private final FlushingConsumer consumer = new FlushingConsumer(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        "members",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "max.poll.records",
                        50,
                        "partition.assignment.strategy",
                        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
                new FlushSchedulers(System::nanoTime, false),
                limit());
        private int records;
        private int nextWakeup;

        Member() {
            consumer.subscribe(List.of(TOPIC), this);
        }

        void step() {
            polls.incrementAndGet();
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                seen.computeIfAbsent(
                                new TopicPartition(record.topic(), record.partition()),
                                partition -> ConcurrentHashMap.newKeySet())
                        .add(record.offset());
            }
            records += polled.count();
            consumer.committed(partitions);
            try {
                consumer.commitSync();
            } catch (CommitFailedException | RebalanceInProgressException e) {
                // the records are polled again
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(this::position);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            rebalances.incrementAndGet();
            consumer.wakeup();
            assigned.forEach(this::position);
        }

        /** Calls the brokers within the poll. An exception ends the thread, as in Streams. */
        private void position(TopicPartition partition) {
            try {
                consumer.position(partition);
            } catch (KafkaException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
