package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.schemas.topic.Topics;

/** Holds ingest-api to its word: what it has acknowledged since this was made must be in the log. */
final class Acknowledged {
    private final Broker broker;
    private final int partitions;
    private final long recordsBefore;

    /** @param partitions of the log */
    Acknowledged(Broker broker, int partitions) {
        this(broker, partitions, broker.records(Topics.EVENTS, partitions));
    }

    /** @param recordsBefore how many the log is known to hold */
    Acknowledged(Broker broker, int partitions, long recordsBefore) {
        this.broker = broker;
        this.partitions = partitions;
        this.recordsBefore = recordsBefore;
    }

    /** @throws BenchException if the log has grown by less; more is right, when a connection ended before its answer */
    void verify(long events) {
        long appended = broker.records(Topics.EVENTS, partitions) - recordsBefore;
        if (appended < events) {
            throw new BenchException(events + " events were acknowledged and only " + appended + " are in the log");
        }
    }
}
