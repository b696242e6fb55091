package dev.tally.benchmarks.counting;

import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.topic.Topics;
import dev.tally.service.settings.Environment;
import dev.tally.streams.CounterStreamsMain;
import dev.tally.streams.StreamsSettings;
import dev.tally.streams.state.history.HistoryRetention;
import dev.tally.streams.state.store.StateParameters;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts with Tally: all of counter-streams, with the settings of its own process except the commit interval, which is
 * the job's.
 */
public final class TallyCounting {
    private TallyCounting() {}

    public static void main(String[] arguments) throws Exception {
        Job job = Job.parse(arguments);
        Progress progress = new Progress(System.out);
        StreamsSettings settings = settings(job);
        try (CounterStreamsMain streams = CounterStreamsMain.start(settings)) {
            new StreamsRun(settings.generation().applicationId(), job, progress, streams.failure()).watch();
        }
        progress.digest(TotalsDigest.of(FeedTotals.read(job.bootstrapServers(), Topics.TOTALS)));
    }

    static StreamsSettings settings(Job job) {
        Environment environment = Environment.of(
                SettingNames.ALL,
                Map.of(
                        "TALLY_HTTP_PORT",
                        "0",
                        "TALLY_KAFKA_BOOTSTRAP_SERVERS",
                        job.bootstrapServers(),
                        "TALLY_EVENTS_PARTITIONS",
                        Integer.toString(job.partitions()),
                        "TALLY_REPLICATION_FACTOR",
                        "1",
                        "TALLY_STATE_DIR",
                        job.stateDirectory().toString(),
                        "TALLY_STREAMS_THREADS",
                        Integer.toString(job.threads()),
                        "TALLY_KAFKA_STREAMS_COMMIT_INTERVAL_MS",
                        Integer.toString(Job.COMMIT_INTERVAL_MILLIS)),
                Map.of());
        StreamsSettings read = StreamsSettings.read(environment);
        environment.verify();
        // A deployment is not allowed to set this property, so it is added after the settings are read.
        Map<String, Object> streams = new HashMap<>(read.streams());
        streams.put("main.consumer.interceptor.classes", FirstRecords.class.getName());
        StreamsSettings settings = read.withStreams(streams);
        if (job.kept() == Job.Kept.HISTORY_AND_INDEX) {
            return settings;
        }
        Duration window = settings.parameters().deduplicationWindow();
        return settings.withParameters(new StateParameters(window, HistoryRetention.NONE, false));
    }
}
