package dev.tally.benchmarks.part;

import dev.tally.benchmarks.process.BenchException;
import dev.tally.schemas.topic.Topics;

/** Holds ingest-api to its word: what it has acknowledged since this was made must be in the log. */
final class Acknowledged {
    private final Broker broker;
    private final long recordsBefore;

    Acknowledged(Broker broker) {
        this.broker = broker;
        this.recordsBefore = broker.records(Topics.EVENTS, Workbench.PARTITIONS);
    }

    /** @throws BenchException if the log has grown by less; more is right, when a connection ended before its answer */
    void verify(long events) {
        long appended = broker.records(Topics.EVENTS, Workbench.PARTITIONS) - recordsBefore;
        if (appended < events) {
            throw new BenchException(events + " events were acknowledged and only " + appended + " are in the log");
        }
    }
}
