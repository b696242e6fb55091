package dev.tally.standalone.cli;

/**
 * The exit codes of the commands. After a clean stop by a signal the JVM itself exits with 128 plus the signal's
 * number: 130, 143. A command whose output is closed by its reader exits as after SIGPIPE:
 * {@link ClosedOutput#EXIT_CODE}.
 */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNKNOWN_COUNTER = 3;

    private ExitCode() {}
}
