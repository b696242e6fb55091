package dev.tally.streams.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.generation.ChangeRefusedException;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.GenerationsJson;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Changes the record of the generations, and posts notes beside it. A change is a transaction of the one writer that Kafka knows by
 * its transactional id: the writer first fences every other one, then reads the record, then writes the next one. Two changes at
 * the same time therefore never both succeed on the same record.
 *
 * <p>Blocks, in bounded time. Thread-safe.
 */
public final class BoardWriter {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final BoardClients clients;

    public BoardWriter(BoardClients clients) {
        this.clients = clients;
    }

    /**
     * The present record and notes.
     *
     * @throws TopicsUnavailableException if Kafka did not answer in time
     */
    private Board read() {
        try (BoardReader reader = new BoardReader(clients)) {
            return reader.readToEnd(READ_TIMEOUT);
        }
    }

    /**
     * Makes one step. Returns the record after it.
     *
     * @param step gets the present record, null in a new installation; what it throws, this method throws
     * @throws ChangeRefusedException if another process made a change at the same time
     * @throws TopicsUnavailableException if Kafka did not answer in time; the step may have been made
     */
    public Generations change(Function<@Nullable Generations, Generations> step) {
        Map<String, Object> transactional = new HashMap<>(clients.producer());
        transactional.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, BoardClients.TRANSACTIONAL_ID);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            Generations before = read().generations();
            Generations after = step.apply(before);
            if (!after.equals(before)) {
                producer.beginTransaction();
                var unused = producer.send(record(BoardReader.GENERATIONS_KEY, GenerationsJson.write(after)));
                producer.commitTransaction(); // fails if the send did
            }
            return after;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new ChangeRefusedException("Another process changed the generations at the same time: try again");
        } catch (TopicsUnavailableException e) {
            throw e;
        } catch (KafkaException e) {
            throw new TopicsUnavailableException("The generations could not be changed: " + e.getMessage(), e);
        }
    }

    /**
     * Posts notes. A note without a text is removed.
     *
     * @throws TopicsUnavailableException if Kafka did not acknowledge them in time
     */
    public void post(Map<String, @Nullable String> notes) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clients.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            notes.forEach(
                    (key, note) -> sent.add(producer.send(record(key, note == null ? null : note.getBytes(UTF_8)))));
            for (Future<RecordMetadata> each : sent) {
                each.get(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new TopicsUnavailableException("A note on the generations could not be posted: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicsUnavailableException(
                    "A note on the generations was not posted: this process is stopping", e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new ProducerRecord<>(Topics.GENERATIONS, 0, key.getBytes(UTF_8), value);
    }
}
