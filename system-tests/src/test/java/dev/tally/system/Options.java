package dev.tally.system;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The sizes of the suites, each set by a system property. The defaults are those of CI. The chosen values are printed. */
public final class Options {
    private Options() {}

    /** {@code -Dtally.kill.rounds}: the number of kills of each set-up. */
    public static int killRounds() {
        return number("tally.kill.rounds", 4);
    }

    /** {@code -Dtally.connections}: the number of concurrently open connections. */
    public static int connections() {
        return number("tally.connections", 2_000);
    }

    /** {@code -Dtally.exact.events}: the number of events that the clients of exact counting write. */
    public static int exactEvents() {
        return number("tally.exact.events", 200_000);
    }

    /** {@code -Dtally.rebuild.events}: the number of events in the log that {@code LargeRebuildIT} rebuilds. */
    public static int rebuildEvents() {
        return number("tally.rebuild.events", 2_000_000);
    }

    /** {@code -Dtally.docker.kafka}: the Kafka image that {@code KafkaContainerIT} uses. */
    public static String kafkaImage() {
        return System.getProperty("tally.docker.kafka", "apache/kafka:4.3.1");
    }

    /** {@code -Dtally.seed}: the seed of the random clients. By default, each run uses a different one. */
    public static long seed() {
        return Long.getLong("tally.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
    }

    /** Prints one line that can be found in the log of a build. */
    public static void say(String format, Object... arguments) {
        System.out.println("[system-tests] " + String.format(Locale.ROOT, format, arguments));
    }

    private static int number(String property, int otherwise) {
        return Integer.getInteger(property, otherwise);
    }
}
