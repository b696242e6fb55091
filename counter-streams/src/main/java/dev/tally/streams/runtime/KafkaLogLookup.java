package dev.tally.streams.runtime;

import dev.tally.schemas.topic.Topics;
import dev.tally.streams.state.log.LogUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Queries the brokers: offsets with the admin client, records with a new consumer for each lookup. Thread-safe. */
final class KafkaLogLookup implements LogLookup {
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Admin admin;
    private final Map<String, Object> consumerConfig;
    private final String group;
    private final String changelog;
    private final Duration timeout;
    private final BooleanSupplier closed;

    /**
     * @param consumerConfig must have no group, {@code read_committed} isolation and no offset reset
     * @param timeout the timeout of each request, and of each step of reading
     * @param closed checked during waits, which end when it is true
     */
    KafkaLogLookup(
            Admin admin,
            Map<String, Object> consumerConfig,
            String group,
            String changelog,
            Duration timeout,
            BooleanSupplier closed) {
        this.admin = admin;
        this.consumerConfig = consumerConfig;
        this.group = group;
        this.changelog = changelog;
        this.timeout = timeout;
        this.closed = closed;
    }

    @Override
    public Bounds bounds(int partition) {
        TopicPartition events = new TopicPartition(Topics.EVENTS, partition);
        TopicPartition restored = new TopicPartition(changelog, partition);
        KafkaFuture<ListOffsetsResultInfo> begin = ask(events, OffsetSpec.earliest());
        KafkaFuture<ListOffsetsResultInfo> end = ask(events, OffsetSpec.latest());
        KafkaFuture<ListOffsetsResultInfo> changelogEnd = ask(restored, OffsetSpec.latest());
        // Stable: excludes offsets that an open transaction has not committed yet, as Streams itself requests.
        KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> committed = admin.listConsumerGroupOffsets(
                        Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(events))),
                        new ListConsumerGroupOffsetsOptions()
                                .requireStable(true)
                                .timeoutMs(millis()))
                .partitionsToOffsetAndMetadata(group);
        OffsetAndMetadata offset = await(committed).get(events);
        return new Bounds(
                await(begin).offset(),
                await(end).offset(),
                offset == null ? Bounds.NOTHING : offset.offset(),
                await(changelogEnd).offset());
    }

    @Override
    public long begin(int partition) {
        return await(ask(new TopicPartition(Topics.EVENTS, partition), OffsetSpec.earliest()))
                .offset();
    }

    private KafkaFuture<ListOffsetsResultInfo> ask(TopicPartition partition, OffsetSpec what) {
        ListOffsetsOptions committedOnly = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(millis());
        return admin.listOffsets(Map.of(partition, what), committedOnly).partitionResult(partition);
    }

    private <T> T await(KafkaFuture<T> answer) {
        TimeoutException late = null;
        // The client itself enforces its timeout.
        while (!closed.getAsBoolean()) {
            try {
                return answer.get(SLICE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                late = e;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RetriableException cause) {
                    throw unavailable(cause);
                }
                throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(e);
            }
        }
        throw unavailable(late);
    }

    @Override
    public @Nullable Found first(int partition, long from, long to) {
        TopicPartition events = new TopicPartition(Topics.EVENTS, partition);
        Map<String, Object> config = new HashMap<>(consumerConfig);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-log-check-" + partition);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.assign(List.of(events));
            consumer.seek(events, from);
            return first(consumer, events, to);
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw unavailable(e);
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private @Nullable Found first(KafkaConsumer<byte[], byte[]> consumer, TopicPartition events, long to) {
        long reached = -1;
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!closed.getAsBoolean() && System.nanoTime() - deadline < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(SLICE)) {
                return record.offset() < to ? new Found(record.offset(), record.timestamp()) : null;
            }
            long position = consumer.position(events, timeout);
            if (position >= to) {
                return null;
            }
            if (position > reached) { // past markers and aborted records, of which there may be many
                reached = position;
                deadline = System.nanoTime() + timeout.toNanos();
            }
        }
        throw unavailable(null);
    }

    private int millis() {
        return (int) timeout.toMillis();
    }

    private static LogUnavailableException unavailable(@Nullable Throwable cause) {
        return new LogUnavailableException(
                "Kafka did not answer the check of the state against " + Topics.EVENTS, cause);
    }
}
