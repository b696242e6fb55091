package dev.tally.standalone.cli;

import dev.tally.standalone.audit.LivePage;
import dev.tally.standalone.audit.LivePageParser;
import dev.tally.standalone.audit.LiveState;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the live state over HTTP. A 503 is retried for a bounded time, after the time that the answer asks for. */
final class HttpLiveState implements LiveState {

    /** The maximum number of counters per page. */
    private static final String LIMIT = "1000";

    private static final int UNAVAILABLE = 503;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,4}");

    /** Waits. Tests do not. */
    interface Pause {
        void ofSeconds(long seconds) throws InterruptedException;
    }

    private final TallyClient tally;
    private final Pause pause;
    private final Duration waitMax;

    /** @param waitMax the maximum sum of all waits for one page */
    HttpLiveState(TallyClient tally, Pause pause, Duration waitMax) {
        this.tally = tally;
        this.pause = pause;
        this.waitMax = waitMax;
    }

    @Override
    public LivePage page(String namespace, @Nullable String cursor) throws InterruptedException {
        TallyClient.Answer answer = tally.accepted(available(namespace, cursor));
        LivePage page = LivePageParser.parse(answer.body());
        if (page == null) {
            throw answer.lacks("page of counters with its receipt");
        }
        return page;
    }

    private HttpCall.Response available(String namespace, @Nullable String cursor) throws InterruptedException {
        HttpCall.Response response = ask(namespace, cursor);
        long waited = 0;
        while (response.status() == UNAVAILABLE) {
            long wait = retryAfter(response);
            if (waited + wait > waitMax.toSeconds()) {
                throw unavailable(response, waited);
            }
            pause.ofSeconds(wait);
            waited += wait;
            response = ask(namespace, cursor);
        }
        return response;
    }

    private HttpCall.Response ask(String namespace, @Nullable String cursor) throws InterruptedException {
        return tally.tryList(namespace, "limit", LIMIT, "cursor", cursor);
    }

    private static long retryAfter(HttpCall.Response response) {
        String header = response.retryAfter() == null ? "" : response.retryAfter();
        return SECONDS.matcher(header).matches() ? Math.max(1, Long.parseLong(header)) : 1;
    }

    private static CommandFailedException unavailable(HttpCall.Response response, long waited) {
        String detail = JsonFields.find(response.body(), "detail");
        return new CommandFailedException(
                ExitCode.FAILED,
                "The state cannot be read: the API still answers HTTP 503 after " + waited + " s of retries"
                        + (detail == null ? "" : " (" + detail + ")"));
    }
}
