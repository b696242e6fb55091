package dev.tally.ingest.log;

import dev.tally.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that a test controls. It completes records on its own network thread, refuses within send() as the real producer
 * does, and has the metrics from which the log decides whether a record was sent.
 */
public final class ScriptedProducer extends MockProducer<byte[], byte[]> {
    public static final int PARTITIONS = 4;

    private final ExecutorService network =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "scripted-network-thread"));
    private final AtomicLong sends = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong selects = new AtomicLong();

    private volatile boolean networkSleeps;
    private volatile RuntimeException refusal;
    private volatile RuntimeException fatal;
    private volatile int takenBeforeRefusal;
    private volatile int partitions;
    private boolean closing;

    public ScriptedProducer() {
        this(PARTITIONS);
    }

    public ScriptedProducer(int partitions) {
        super(cluster(partitions), false, null, new ByteArraySerializer(), new ByteArraySerializer());
        this.partitions = partitions;
        count("record-send-total", sends);
        count("record-retry-total", retries);
        count("select-total", selects);
    }

    /** Sets the number of partitions in the metadata; 0 for no metadata. */
    public void partitions(int count) {
        partitions = count;
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        if (partitions == 0) {
            throw new TimeoutException("Topic " + topic + " not present in metadata after 0 ms.");
        }
        return cluster(partitions).partitionsForTopic(topic);
    }

    /** From now on send() takes {@code taken} more records. It refuses later ones through the callback, before it returns. */
    public void refuseWithin(int taken, RuntimeException why) {
        takenBeforeRefusal = taken;
        refusal = why;
    }

    /** From now on send() takes each record and throws, because the transaction manager is in its fatal state for this reason. */
    public void failForGood(RuntimeException why) {
        fatal = why;
    }

    /** While this is true, the network thread completes no round when it is woken. */
    public void networkSleeps(boolean sleeps) {
        networkSleeps = sleeps;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (record.partition() == Integer.MAX_VALUE) {
            if (!networkSleeps) {
                selects.incrementAndGet();
            }
            return refuse(record, callback, new TimeoutException("no such partition"));
        }
        if (refusal != null && takenBeforeRefusal-- <= 0) {
            return refuse(record, callback, refusal);
        }
        if (closing) {
            throw new KafkaException("Producer closed while send in progress");
        }
        Future<RecordMetadata> future = super.send(record, callback);
        if (fatal != null) {
            throw new KafkaException("Cannot execute transactional method because we are in an error state", fatal);
        }
        return future;
    }

    private static Future<RecordMetadata> refuse(
            ProducerRecord<byte[], byte[]> record, Callback callback, RuntimeException why) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        callback.onCompletion(new RecordMetadata(partition, -1, -1, -1, -1, -1), why);
        return CompletableFuture.failedFuture(why);
    }

    /** The network thread takes this many records for sending. */
    public void sendRecords(int count) {
        sends.addAndGet(count);
    }

    /** The network thread retries this many records. */
    public void retryRecords(int count) {
        retries.addAndGet(count);
        sends.addAndGet(count);
    }

    /** Acknowledges the oldest pending record. Returns when its callback has returned. */
    public boolean acknowledge() {
        sends.incrementAndGet();
        return onNetworkThread(this::completeNext);
    }

    public void acknowledgeAll() {
        while (acknowledge()) {}
    }

    /** Fails the oldest pending record. Returns when its callback has returned. */
    public boolean fail(RuntimeException why) {
        return onNetworkThread(() -> errorNext(why));
    }

    public void failAll(RuntimeException why) {
        while (fail(why)) {}
    }

    private boolean onNetworkThread(java.util.concurrent.Callable<Boolean> step) {
        try {
            return network.submit(step).get();
        } catch (RejectedExecutionException e) {
            return false; // already closed
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes as the real producer does: the pending records fail first. */
    @Override
    public void close(java.time.Duration timeout) {
        if (!closed()) {
            takeNoMore();
            failAll(new KafkaException("Producer is closed forcefully."));
            super.close(timeout);
            network.shutdown();
        }
    }

    private synchronized void takeNoMore() {
        closing = true;
    }

    private void count(String name, AtomicLong value) {
        MetricName metricName = new MetricName(name, "producer-metrics", "", Map.of());
        setMockMetrics(metricName, new Metric() {
            @Override
            public MetricName metricName() {
                return metricName;
            }

            @Override
            public Object metricValue() {
                return (double) value.get();
            }
        });
    }

    private static Cluster cluster(int partitions) {
        Node node = new Node(0, "localhost", 9092);
        List<PartitionInfo> infos = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            infos.add(new PartitionInfo(Topics.EVENTS, partition, node, new Node[] {node}, new Node[] {node}));
        }
        return new Cluster("scripted", List.of(node), infos, Set.of(), Set.of());
    }
}
