package dev.tally.schemas.api;

import java.util.List;

/**
 * The variables of all settings of all processes, in the order of their documentation. Each process declares its own
 * settings. It also needs the names of the others: the processes of a deployment may share their environment, and a
 * name that is a setting of none of them is an error in each.
 */
public final class SettingNames {
    public static final List<String> ALL = List.of(
            "TALLY_URL",
            "TALLY_QUERY_URL",
            "TALLY_KAFKA_BOOTSTRAP_SERVERS",
            "TALLY_SCHEMA_REGISTRY_URL",
            "TALLY_SCHEMA_REGISTRY_USER",
            "TALLY_SCHEMA_REGISTRY_PASSWORD",
            "TALLY_SCHEMA_REGISTRY_TRUSTSTORE",
            "TALLY_SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD",
            "TALLY_HTTP_HOST",
            "TALLY_HTTP_PORT",
            "TALLY_HTTP_OPEN",
            "TALLY_HTTP_HOSTS",
            "TALLY_STATE_DIR",
            "TALLY_STATE_MEMORY",
            "TALLY_STREAMS_THREADS",
            "TALLY_STREAMS_ENDPOINT",
            "TALLY_STREAMS_STANDBYS",
            "TALLY_STREAMS_ACCEPT_GAP",
            "TALLY_REBUILD_RATE",
            "TALLY_QUERY_STREAMS",
            "TALLY_INGEST_QUERY_URL",
            "TALLY_EVENTS_PARTITIONS",
            "TALLY_REPLICATION_FACTOR",
            "TALLY_DEDUPLICATION_WINDOW",
            "TALLY_HISTORY_MINUTES",
            "TALLY_HISTORY_HOURS",
            "TALLY_HISTORY_DAYS",
            "TALLY_SNAPSHOT_INTERVAL",
            "TALLY_LOG_FORMAT",
            "TALLY_LOG_REQUESTS");

    private SettingNames() {}
}
