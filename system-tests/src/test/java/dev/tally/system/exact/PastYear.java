package dev.tally.system.exact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.Operation;
import dev.tally.schemas.topic.Topics;
import dev.tally.schemas.wire.EventEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events of the year before a test, written directly to {@code tally.events} with the append times of that year: adds, sets and
 * deletes, half of them with ids, of which some are sent again within the window or after it, some with another value; times of
 * occurrence up to a month late or in the future; deltas that overflow. They come in bursts of a few seconds.
 *
 * <p>While they are written the topic takes the times of the producer; before and afterwards it has the brokers' append times.
 */
final class PastYear {
    static final String NAMESPACE = "year";
    private static final int COUNTERS = 20_000;
    private static final Duration SPAN = Duration.ofDays(365);
    private static final Duration BEFORE_THE_TEST = Duration.ofHours(1);
    private static final int BURST = 4_000;
    private static final int BURST_MILLIS = 16_000;
    private static final int NAMED = 6_000;
    private static final double SKEW = 3;

    private final Random random;
    private final long start;
    private final int count;
    /** The latest events with an id, to be sent again. */
    private final Event[] named = new Event[NAMED];

    private int ids;

    private record Event(String key, Operation operation, long value, String id) {}

    /** @param count the number of events */
    PastYear(int count, long seed) {
        this.count = count;
        this.random = new Random(seed);
        this.start = System.currentTimeMillis() - SPAN.plus(BEFORE_THE_TEST).toMillis();
    }

    /** Returns when the last event is acknowledged. Nothing else may write to the topic meanwhile. */
    void write(String kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            setTimes(admin, "CreateTime");
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            kafka,
                            ProducerConfig.LINGER_MS_CONFIG,
                            20,
                            ProducerConfig.BATCH_SIZE_CONFIG,
                            256 << 10),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                write(producer);
            } finally {
                setTimes(admin, "LogAppendTime");
            }
        }
    }

    private void write(KafkaProducer<byte[], byte[]> producer) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        EventEncoder encoder = EventEncoder.released();
        for (int i = 0; i < count && failure.get() == null; i++) {
            Event event = next();
            long appended = appendTime(i);
            byte[] value = encoder.encode(event.operation, event.value, event.id, occurredAt(appended), "year");
            var unused = producer.send(
                    new ProducerRecord<>(Topics.EVENTS, null, appended, event.key.getBytes(UTF_8), value),
                    (metadata, failed) -> {
                        if (failed != null) {
                            failure.set(failed);
                        }
                    });
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("The events could not be written", failure.get());
        }
    }

    private Event next() {
        Event again = random.nextInt(8) == 0 ? named[random.nextInt(NAMED)] : null;
        if (again != null) {
            boolean isOther = random.nextInt(20) == 0;
            return new Event(again.key, again.operation, again.value + (isOther ? 1 : 0), again.id);
        }
        String key = NAMESPACE + "/counter-" + (int) (Math.pow(random.nextDouble(), SKEW) * COUNTERS);
        boolean hasId = random.nextBoolean();
        String id = hasId ? "id-" + ids++ : null;
        int kind = random.nextInt(40);
        Event event = kind == 0
                ? new Event(key, Operation.DELETE, 0, null)
                : kind < 3
                        ? new Event(key, Operation.SET, random.nextInt(1_000), id)
                        : new Event(key, Operation.ADD, delta(), id);
        if (event.id != null) {
            named[random.nextInt(NAMED)] = event;
        }
        return event;
    }

    private long delta() {
        return random.nextInt(2_000) == 0 ? Long.MAX_VALUE : random.nextInt(-5, 20);
    }

    /** Ascending over the year in bursts, with the steps back of a broker's clock. */
    private long appendTime(int number) {
        long bursts = Math.max(1, count / BURST);
        long ofBurst = SPAN.toMillis() / bursts * (number / BURST);
        long inBurst = (long) BURST_MILLIS * (number % BURST) / BURST;
        return start + ofBurst + inBurst - (random.nextInt(50) == 0 ? random.nextInt(3_000) : 0);
    }

    private long occurredAt(long appended) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> appended - random.nextInt((int) Duration.ofHours(25).toMillis());
            case 3 -> appended - random.nextLong(Duration.ofDays(30).toMillis());
            case 4 -> appended + random.nextInt((int) Duration.ofMinutes(10).toMillis());
            default -> appended;
        };
    }

    private static void setTimes(Admin admin, String type) throws Exception {
        AlterConfigOp set =
                new AlterConfigOp(new ConfigEntry("message.timestamp.type", type), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(
                        Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS), List.of(set)))
                .all()
                .get();
    }
}
