package dev.tally.ingest.log;

import dev.tally.schemas.topic.Replication;
import dev.tally.schemas.topic.TopicCreator;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.topic.TopicsUnavailableException;
import dev.tally.schemas.topic.TopicsWait;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates and verifies the topics as soon as Kafka is available. Waits without a time limit. Blocks; ends early when
 * interrupted.
 */
final class TopicPreparation implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPreparation.class);
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Map<String, Object> admin;
    private final Topics topics;

    TopicPreparation(Map<String, Object> admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** @throws dev.tally.schemas.topic.TopicMismatchException if topics differ from their definitions in a way that matters */
    @Override
    public void run() {
        Admin client = Admin.create(admin);
        try {
            boolean verified = TopicsWait.repeat(
                    () -> TopicCreator.ensure(client, topics, ATTEMPT),
                    () -> Thread.currentThread().isInterrupted(),
                    sentence -> LOG.warn("{} (retrying)", sentence));
            if (verified) {
                warnOfOneDisk(client);
            }
        } finally {
            client.close(Duration.ZERO); // nothing waits for requests in flight
        }
    }

    /**
     * Warns if an acknowledged event may be on one broker only. An operator of three brokers expects it to be on more
     * than one.
     */
    private static void warnOfOneDisk(Admin client) {
        try {
            String warning = Replication.ofEvents(client, LOOK).warning();
            if (warning != null) {
                LOG.warn("{}", warning);
            }
        } catch (TopicsUnavailableException e) {
            LOG.debug("Replication check failed; continuing without it", e);
        }
    }
}
