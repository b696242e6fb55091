package dev.tally.standalone.cli;

import org.jspecify.annotations.Nullable;

/**
 * An answer that is not a 2xx.
 *
 * @param url the URL that answered
 * @param code the problem's code; null if the body is not a problem
 * @param detail the problem's sentence; null if the body is not a problem
 */
record Refusal(
        String url,
        int status,
        @Nullable String code,
        @Nullable String detail) {

    static Refusal of(String url, int status, String body) {
        return new Refusal(url, status, JsonFields.find(body, "code"), JsonFields.find(body, "detail"));
    }

    CommandFailedException asFailure() {
        String sentence = detail == null || code == null
                ? url + " answered HTTP " + status + ", but not as Tally does: is it Tally's address?"
                : detail;
        return new CommandFailedException(exitCode(), sentence);
    }

    private int exitCode() {
        if ("unknown_counter".equals(code)) {
            return ExitCode.UNKNOWN_COUNTER;
        }
        return status == 400 && code != null ? ExitCode.USAGE : ExitCode.FAILED;
    }
}
