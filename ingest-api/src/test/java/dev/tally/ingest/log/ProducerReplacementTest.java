package dev.tally.ingest.log;

import static dev.tally.ingest.log.Hits.hit;
import static dev.tally.ingest.log.Hits.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.registry.SchemaDirectory;
import dev.tally.testkit.Seed;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The behavior of the log when its producer has a fatal error and does not send again. */
class ProducerReplacementTest {
    private static final RuntimeException FENCED = new ProducerFencedException("an old epoch");

    /** All producers so far, in the order of their creation. */
    private final List<ScriptedProducer> producers = new CopyOnWriteArrayList<>();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogMetrics metrics = new LogMetrics(registry);
    private volatile Supplier<ScriptedProducer> next = ScriptedProducer::new;
    private KafkaEventLog log;

    private void start() {
        log = KafkaEventLog.start(
                this::make,
                () -> {},
                SchemaDirectory.ofReleased(),
                new LogBounds(10_000, 16 << 20, Duration.ofMillis(500)),
                metrics);
        await().until(() -> log.state().ready());
    }

    private Producer<byte[], byte[]> make() {
        assertThat(producers).as("producers before the new one").allMatch(ScriptedProducer::closed);
        ScriptedProducer producer = next.get();
        producers.add(producer);
        return producer;
    }

    @AfterEach
    void close() {
        log.close();
        assertThat(producers).allMatch(ScriptedProducer::closed);
    }

    private Answer append(String counter) {
        Answer answer = new Answer();
        log.append(hit(counter), "id", answer);
        return answer;
    }

    private ScriptedProducer producer(int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> producers.size() > number);
        return producers.get(number);
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(20)).until(() -> log.state().ready());
    }

    /** Waits until producer {@code number} exists and the log is ready, which it is until that producer fails. */
    private void awaitReady(int number) {
        producer(number);
        awaitReady();
    }

    private double count(String name) {
        return registry.get(name).functionCounters().stream()
                .mapToDouble(FunctionCounter::count)
                .sum();
    }

    @Test
    void shouldAppendThroughANewProducerWhenTheOldOneHasAFatalError() {
        // given
        start();
        append("a");
        producer(0).acknowledgeAll();
        await().pollDelay(Duration.ofMillis(250)).until(() -> true); // the counts did not change for one sample

        // when
        producer(0).failForGood(FENCED);
        Answer failed = append("b");
        Answer refused = append("c");

        // then
        assertThat(log.state())
                .isEqualTo(new LogState(
                        false, "the producer failed and is being replaced: ProducerFencedException: an old epoch"));
        assertThat(failed.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
        assertThat(refused.outcome()).isEqualTo(NotAppended.UNAVAILABLE);
        ScriptedProducer second = producer(1);
        assertThat(producers.get(0).closed()).isTrue();
        awaitReady();
        assertThat(log.state().detail()).isEqualTo("trying Kafka again with the next event");
        assertThat(count("tally.ingest.producer.replacements")).isEqualTo(1);

        // when
        Answer trial = append("d");
        assertThat(append("e").outcome()).isEqualTo(NotAppended.UNAVAILABLE);
        second.acknowledgeAll();

        // then
        assertThat(trial.receipts()).hasSize(1);
        await().until(() -> log.state().detail().equals("4 partitions"));
        Answer one = append("f");
        Answer another = append("g");
        second.acknowledgeAll();
        assertThat(one.receipts()).hasSize(1);
        assertThat(another.receipts()).hasSize(1);
        assertThat(count("tally.ingest.events.accepted"))
                .isEqualTo(count("tally.ingest.events.appended") + count("tally.ingest.events.failed"));
    }

    @Test
    void shouldSayUnconfirmedWhenTheFailedProducerMayHaveSentTheRecord() {
        // given
        start();
        Answer sent = append("sent");
        Answer batch = new Answer();
        log.append(hits(10), "id", batch);
        producer(0).sendRecords(11);

        // when
        producer(0).failForGood(FENCED);
        Answer failed = append("a");

        // then
        assertThat(sent.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
        assertThat(batch.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
        assertThat(failed.outcome()).isInstanceOf(NotAppended.class);
        awaitReady();
    }

    @Test
    void shouldReplaceTheProducerWithoutAnotherEventWhenARecordFailedWithAFatalError() {
        for (RuntimeException why : List.of(
                new ClusterAuthorizationException("not authorized"),
                new UnsupportedVersionException("too old"),
                FENCED)) {
            // given
            producers.forEach(ScriptedProducer::close);
            producers.clear();
            start();
            Answer failed = append("a");
            producer(0).sendRecords(1);

            // when
            producer(0).fail(why);

            // then
            assertThat(failed.outcome()).isEqualTo(NotAppended.UNCONFIRMED);
            ScriptedProducer second = producer(1);
            awaitReady();
            Answer after = append("b");
            second.acknowledgeAll();
            assertThat(after.receipts()).hasSize(1);
            log.close();
        }
    }

    @Test
    void shouldRetryWhenTheNewProducerFailsOrCannotBeCreated() {
        // given: the second and the fourth producer are broken, the creation of the third fails
        start();
        AtomicBoolean refusedOne = new AtomicBoolean();
        next = () -> {
            if (producers.size() == 2 && !refusedOne.getAndSet(true)) {
                throw new KafkaException("no resolvable bootstrap urls");
            }
            ScriptedProducer producer = new ScriptedProducer();
            if (producers.size() < 3) {
                producer.failForGood(FENCED);
            }
            return producer;
        };
        producer(0).failForGood(FENCED);

        // when
        for (int broken = 0; broken < 3; broken++) {
            awaitReady(broken);
            assertThat(append("a").outcome()).isIn(NotAppended.UNAVAILABLE, NotAppended.UNCONFIRMED);
        }

        // then
        awaitReady(3);
        assertThat(refusedOne).isTrue();
        Answer answer = append("b");
        producer(3).acknowledgeAll();
        assertThat(answer.receipts()).hasSize(1);
        assertThat(producers).hasSize(4);
        assertThat(count("tally.ingest.producer.replacements")).isEqualTo(3);
    }

    @Test
    void shouldReportTheReasonWhileNoNewProducerCanBeCreated() {
        // given
        start();
        AtomicBoolean resolvable = new AtomicBoolean();
        next = () -> {
            if (!resolvable.get()) {
                throw new KafkaException("Failed to construct kafka producer", new KafkaException("unknown host"));
            }
            return new ScriptedProducer();
        };

        // when
        producer(0).failForGood(FENCED);
        append("a").outcome();

        // then
        await().until(() -> log.state()
                .equals(new LogState(false, "a new producer cannot be created: KafkaException: unknown host")));
        assertThat(append("b").outcome()).isEqualTo(NotAppended.UNAVAILABLE);

        // when
        resolvable.set(true);

        // then
        awaitReady();
    }

    @Test
    void shouldEndEveryAppendAndCloseEveryProducerWhenClosedDuringACreation() throws Exception {
        // given
        start();
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        next = () -> {
            making.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new ScriptedProducer();
        };
        Answer inFlight = append("before");
        producer(0).failForGood(FENCED);
        Answer failed = append("a");
        assertThat(making.await(20, TimeUnit.SECONDS)).isTrue();

        // when
        CompletableFuture.runAsync(log::close).get(20, TimeUnit.SECONDS);
        mayGoOn.countDown();

        // then
        assertThat(inFlight.outcome()).isInstanceOf(NotAppended.class);
        assertThat(failed.outcome()).isInstanceOf(NotAppended.class);
        assertThat(append("late").outcome()).isEqualTo(NotAppended.SHUTTING_DOWN);
        await().until(() -> producers.size() == 2 && producers.get(1).closed());
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("tally-ingest-producer-replacement")));
    }

    @Test
    void shouldEndEveryAppendOnceWhileProducersFail() throws Exception {
        // given
        long seed = Seed.printed(ProducerReplacementTest.class);
        start();
        AtomicBoolean stopped = new AtomicBoolean();
        List<Answer> answers = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            Random random = new Random(seed + t);
            Thread thread = new Thread(() -> {
                while (!stopped.get()) {
                    Answer answer = new Answer();
                    answers.add(answer);
                    if (random.nextInt(4) == 0) {
                        log.append(hits(1 + random.nextInt(20)), "id", answer);
                    } else {
                        log.append(hit("c" + random.nextInt(100)), "id", answer);
                    }
                    await().pollInterval(Duration.ofMillis(1)).until(() -> answer.hasCome() || random.nextInt(5) == 0);
                }
            });
            thread.start();
            threads.add(thread);
        }

        // when
        Random random = new Random(seed - 1);
        while (producers.size() < 6) {
            ScriptedProducer producer = producers.get(producers.size() - 1);
            for (int i = random.nextInt(2_000); i > 0 && !producer.closed(); i--) {
                if (random.nextInt(10) == 0) {
                    producer.fail(new ClusterAuthorizationException("now and then"));
                } else {
                    producer.acknowledge();
                }
                if (random.nextInt(500) == 0) {
                    producer.failForGood(FENCED);
                }
            }
        }
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        log.close();

        // then
        assertThat(answers).allMatch(answer -> answer.count() == 1);
        assertThat(count("tally.ingest.events.accepted"))
                .isEqualTo(count("tally.ingest.events.appended") + count("tally.ingest.events.failed"));
        assertThat(registry.get("tally.ingest.events.in.flight").gauge().value())
                .isZero();
    }
}
