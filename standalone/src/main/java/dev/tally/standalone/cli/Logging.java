package dev.tally.standalone.cli;

import java.util.Set;

/** Sets what standard error shows, before anything logs. */
final class Logging {

    private static final String FILE = "logback.configurationFile";

    private static final Set<String> SERVICES = Set.of("up", "broker", "ingest-api", "counter-streams", "query-api");

    private Logging() {}

    /** Commands that run until they are stopped log as services do. The others print their own messages. */
    static void choose(String[] arguments) {
        String file = "logback-command.xml";
        if (isOfAService(arguments)) {
            boolean hasBroker = arguments[0].equals("up") || arguments[0].equals("broker");
            file = hasBroker ? "logback-standalone.xml" : "logback.xml";
        }
        if (System.getProperty(FILE) == null) {
            System.setProperty(FILE, file);
        }
    }

    /** Whether the command runs until it is stopped. */
    static boolean isOfAService(String[] arguments) {
        return arguments.length > 0 && SERVICES.contains(arguments[0]);
    }
}
