package dev.tally.benchmarks.part;

import dev.tally.benchmarks.counting.DslCounting;
import dev.tally.benchmarks.process.BenchException;
import dev.tally.schemas.topic.TopicCreator;
import dev.tally.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;

/**
 * The log that is counted repeatedly. Each run starts with empty output topics and without traces of the previous run:
 * the results of a run are deleted after it, which also keeps the disk from filling.
 */
final class CountingLog {
    private static final Duration TOPICS_WITHIN = Duration.ofSeconds(30);

    private final Broker broker;
    private final Topics topics;

    CountingLog(Broker broker, int partitions) {
        this.broker = broker;
        this.topics = Topics.of(partitions, 1);
    }

    Broker broker() {
        return broker;
    }

    /** Creates the log, unless it exists, and the topics of the totals. */
    void create() {
        try (Admin admin = broker.admin()) {
            TopicCreator.ensure(admin, topics, TOPICS_WITHIN);
            NewTopic dslOutput =
                    new NewTopic(DslCounting.OUTPUT, topics.totals().partitions(), (short) 1);
            admin.createTopics(List.of(dslOutput.configs(topics.totals().configs())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new BenchException("the topics for counting could not be created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while creating topics", e);
        }
    }

    /**
     * Deletes every group, and every topic except the log and Kafka's own topics. Then creates the output topics again.
     */
    void startOver() {
        try (Admin admin = broker.admin()) {
            List<String> groups = admin.listGroups().all().get().stream()
                    .map(GroupListing::groupId)
                    .toList();
            for (String group : groups) {
                // A Streams application that has ended keeps its group membership until the session times out.
                admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
            }
            admin.deleteConsumerGroups(groups).all().get();
            List<String> ofRun = admin.listTopics().names().get().stream()
                    .filter(topic -> !topic.equals(Topics.EVENTS))
                    .toList();
            admin.deleteTopics(ofRun).all().get();
            create();
        } catch (ExecutionException e) {
            throw new BenchException("what the run left could not be deleted: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while deleting what the run left", e);
        }
    }
}
