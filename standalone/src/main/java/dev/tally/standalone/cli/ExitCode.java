package dev.tally.standalone.cli;

/**
 * What a command tells the shell. After a clean stop by a signal the JVM itself says 128 and the signal's number: 130, 143. A
 * command whose output nobody reads any more ends as SIGPIPE would end it: {@link ClosedOutput#EXIT_CODE}.
 */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNKNOWN_COUNTER = 3;

    private ExitCode() {}
}
