package dev.tally.standalone.cli;

/** Chooses, before anything logs, what standard error shows. */
final class Logging {

    private static final String FILE = "logback.configurationFile";

    private Logging() {}

    /** Commands that run until they are stopped log as services do; the others speak for themselves. */
    static void choose(String[] arguments) {
        String file = switch (arguments.length == 0 ? "" : arguments[0]) {
            case "up", "broker" -> "logback-standalone.xml";
            case "ingest-api", "counter-streams", "query-api" -> "logback.xml";
            default -> "logback-command.xml";
        };
        if (System.getProperty(FILE) == null) {
            System.setProperty(FILE, file);
        }
    }
}
