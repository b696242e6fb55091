package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.benchmarks.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A process that runs one Kafka broker. */
record Broker(Child child, int port) {
    private static final int BROKER_ID = 1;

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    boolean isReady() {
        // Kafka's clients log every refused connection.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected() && isCluster();
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    private boolean isCluster() {
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false; // not a cluster yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting for the broker", e);
        }
    }

    void createTopic(String name, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new BenchException("topic " + name + " could not be created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while creating topic " + name, e);
        }
    }

    /** The number of records in a topic with {@code partitions} partitions, of which no record has been deleted. */
    long records(String topic, int partitions) {
        try (Admin admin = admin()) {
            return records(admin, topic, partitions);
        }
    }

    /** The same with a client that belongs to the caller. */
    long records(Admin admin, String topic, int partitions) {
        try {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new BenchException("the end of " + topic + " could not be found: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while looking for the end of " + topic, e);
        }
    }

    /** The disk space of the logs of the topics whose name ends with {@code nameEnd}, in bytes. */
    long logBytes(String nameEnd) {
        try (Admin admin = admin()) {
            return admin.describeLogDirs(List.of(BROKER_ID)).allDescriptions().get().values().stream()
                    .flatMap(broker -> broker.values().stream())
                    .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().endsWith(nameEnd))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new BenchException("the sizes of the logs could not be found: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while looking for the sizes of the logs", e);
        }
    }

    Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000));
    }
}
