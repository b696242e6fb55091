package dev.tally.ingest.log;

import dev.tally.schemas.topic.Topics;
import java.util.Map;

/**
 * How to reach Kafka.
 *
 * @param producer the producer's properties, which {@link ProducerProperties} begins and guards
 * @param admin the admin client's properties
 * @param topics what the topics must look like
 */
public record KafkaConnection(Map<String, Object> producer, Map<String, Object> admin, Topics topics) {}
