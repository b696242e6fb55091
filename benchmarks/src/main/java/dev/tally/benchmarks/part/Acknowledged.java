package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.schemas.topic.Topics;

/** Verifies ingest-api: the events acknowledged since this object was created must be in the log. */
final class Acknowledged {
    private final Broker broker;
    private final int partitions;
    private final long recordsBefore;

    /** @param partitions of the log */
    Acknowledged(Broker broker, int partitions) {
        this(broker, partitions, broker.records(Topics.EVENTS, partitions));
    }

    /** @param recordsBefore the number of records that the log is known to hold */
    Acknowledged(Broker broker, int partitions, long recordsBefore) {
        this.broker = broker;
        this.partitions = partitions;
        this.recordsBefore = recordsBefore;
    }

    /**
     * @throws BenchException if the log has grown by less; it may grow by more if a connection ended before its answer
     */
    void verify(long events) {
        long appended = broker.records(Topics.EVENTS, partitions) - recordsBefore;
        if (appended < events) {
            throw new BenchException(events + " events were acknowledged and only " + appended + " are in the log");
        }
    }
}
