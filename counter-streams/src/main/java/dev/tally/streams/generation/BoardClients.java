package dev.tally.streams.generation;

import dev.tally.service.settings.KafkaSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * The properties of the clients of {@code tally.generations}.
 *
 * @param consumer of a consumer without a group
 * @param producer of a producer without a transaction
 */
public record BoardClients(Map<String, Object> consumer, Map<String, Object> producer) {
    /** The one writer of the record: a second one fences the first. */
    static final String TRANSACTIONAL_ID = "tally-generations";

    private static final int TRANSACTION_MILLIS_MAX = 15_000;

    /** A writer gives up before its transaction ends. */
    private static final int WAIT_MILLIS_MAX = 10_000;

    public static BoardClients of(KafkaSettings kafka) {
        return new BoardClients(
                with(
                        kafka.properties(
                                KafkaSettings.Client.CONSUMER, Map.of("client.id", "tally-generations"), Map.of()),
                        Map.of("isolation.level", "read_committed", "enable.auto.commit", false)),
                with(
                        kafka.properties(
                                KafkaSettings.Client.PRODUCER,
                                Map.of(
                                        "client.id",
                                        "tally-generations",
                                        "max.block.ms",
                                        WAIT_MILLIS_MAX,
                                        "delivery.timeout.ms",
                                        WAIT_MILLIS_MAX,
                                        "request.timeout.ms",
                                        WAIT_MILLIS_MAX / 2,
                                        "transaction.timeout.ms",
                                        TRANSACTION_MILLIS_MAX),
                                Map.of()),
                        Map.of("acks", "all", "enable.idempotence", true)));
    }

    /** What is set here is not refused in the settings: it may be meant for other clients. */
    private static Map<String, Object> with(Map<String, Object> given, Map<String, Object> fixed) {
        Map<String, Object> all = new HashMap<>(given);
        all.putAll(fixed);
        return all;
    }
}
