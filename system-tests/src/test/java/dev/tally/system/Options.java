package dev.tally.system;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The sizes of the suites, each by a system property; the defaults are those of CI. What was chosen is printed. */
public final class Options {
    private Options() {}

    /** {@code -Dtally.kill.rounds}: how often each set-up is killed. */
    public static int killRounds() {
        return number("tally.kill.rounds", 4);
    }

    /** {@code -Dtally.connections}: how many connections are held at once. */
    public static int connections() {
        return number("tally.connections", 2_000);
    }

    /** {@code -Dtally.exact.events}: how many events the clients of exact counting write. */
    public static int exactEvents() {
        return number("tally.exact.events", 200_000);
    }

    /** {@code -Dtally.docker.kafka}: the image that {@code KafkaContainerIT} takes Kafka from. */
    public static String kafkaImage() {
        return System.getProperty("tally.docker.kafka", "apache/kafka:4.3.1");
    }

    /** {@code -Dtally.seed}: decides what random clients do; by default another one each time. */
    public static long seed() {
        return Long.getLong("tally.seed", ThreadLocalRandom.current().nextLong(1_000_000_000));
    }

    /** Prints one line that the reader of a build's log can find. */
    public static void say(String format, Object... arguments) {
        System.out.println("[system-tests] " + String.format(Locale.ROOT, format, arguments));
    }

    private static int number(String property, int otherwise) {
        return Integer.getInteger(property, otherwise);
    }
}
