package dev.tally.ingest.log;

import static org.awaitility.Awaitility.await;

import dev.tally.schemas.registry.SchemaDirectory;

/** A real log over a {@link ScriptedProducer}. */
public final class ScriptedLog {
    private ScriptedLog() {}

    /** Returns when the log admits events. */
    public static EventLog open(ScriptedProducer producer, LogBounds bounds, LogMetrics metrics) {
        EventLog log = KafkaEventLog.start(() -> producer, () -> {}, SchemaDirectory.ofReleased(), bounds, metrics);
        await().until(() -> log.state().ready());
        return log;
    }
}
