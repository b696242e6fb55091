package dev.tally.standalone.cli;

import java.util.Set;

/** Chooses, before anything logs, what standard error shows. */
final class Logging {

    private static final Set<String> FOREGROUND = Set.of("up", "broker", "ingest-api", "counter-streams", "query-api");

    private Logging() {}

    /** Commands that run until they are stopped log as services do; the others speak for themselves. */
    static void choose(String[] arguments) {
        boolean foreground = arguments.length > 0 && FOREGROUND.contains(arguments[0]);
        if (!foreground && System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "logback-command.xml");
        }
    }
}
