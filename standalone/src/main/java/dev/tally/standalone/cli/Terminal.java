package dev.tally.standalone.cli;

/** Whether a person sees an output at once. Java itself can tell this of all streams together only. */
final class Terminal {

    /** Set by {@code scripts/tally}. */
    private static final String STANDARD_ERROR = "tally.stderr.terminal";

    private Terminal() {}

    static boolean hasStandardError() {
        return Boolean.getBoolean(STANDARD_ERROR);
    }
}
