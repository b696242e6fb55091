package dev.tally.ingest.log;

import dev.tally.schemas.topic.Topics;
import java.util.Map;

/**
 * How to connect to Kafka.
 *
 * @param producer the producer's properties, as {@link ProducerProperties} defaults and guarantees them
 * @param admin the admin client's properties
 * @param topics the required definitions of the topics
 */
public record KafkaConnection(Map<String, Object> producer, Map<String, Object> admin, Topics topics) {}
