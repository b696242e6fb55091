package dev.tally.standalone.cli;

import org.jspecify.annotations.Nullable;

/**
 * An answer that is not a 2xx.
 *
 * @param code the problem's code; null if the body is not a problem
 * @param detail the problem's sentence; null likewise
 */
record Refusal(int status, @Nullable String code, @Nullable String detail) {

    static Refusal of(int status, String body) {
        return new Refusal(status, JsonFields.find(body, "code"), JsonFields.find(body, "detail"));
    }

    CommandFailedException asFailure() {
        String sentence = detail == null ? "The answer was HTTP " + status : detail;
        return new CommandFailedException(exitCode(), sentence);
    }

    private int exitCode() {
        if ("unknown_counter".equals(code)) {
            return ExitCode.UNKNOWN_COUNTER;
        }
        return status == 400 ? ExitCode.USAGE : ExitCode.FAILED;
    }
}
