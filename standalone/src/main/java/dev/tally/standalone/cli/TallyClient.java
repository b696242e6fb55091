package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.name.CounterName;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests to the HTTP API. Returns the answer, or ends the command with a sentence. */
final class TallyClient {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final String COUNTERS = "/v1/counters/";
    private static final String UNRESERVED = "-._~";
    private static final String HEX_DIGITS = "0123456789ABCDEF";

    private final String baseUrl;
    private final Duration answerMax;

    /** @param baseUrl without a path, as {@code http://127.0.0.1:8080} */
    TallyClient(String baseUrl) {
        this(baseUrl, ANSWER_MAX);
    }

    /** @param answerMax the time until the whole answer is read */
    TallyClient(String baseUrl, Duration answerMax) {
        this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        this.answerMax = answerMax;
    }

    /**
     * An answer that is a 2xx.
     *
     * @param url the URL that answered
     */
    record Answer(String url, int status, String body) {

        private static final int SHOWN_CHARS_MAX = 200;

        /**
         * The text of a top-level string or number with its exact digits.
         *
         * @throws CommandFailedException if the answer has no such field, so the server is not Tally
         */
        String field(String name) {
            String value = JsonFields.find(body, name);
            if (value == null) {
                throw lacks(name);
            }
            return value;
        }

        /** The exception for an answer that is not from Tally, for the caller to throw. */
        CommandFailedException lacks(String what) {
            String start = body.strip();
            String shown = start.length() <= SHOWN_CHARS_MAX ? start : start.substring(0, SHOWN_CHARS_MAX) + "…";
            return new CommandFailedException(
                    ExitCode.FAILED,
                    url + " answered HTTP " + status + ", but not as Tally does. The answer has no " + what + ": "
                            + shown);
        }
    }

    /** @param wait as the user wrote it, validated by the service; null for no wait */
    Answer post(CounterName counter, String json, @Nullable String wait) throws InterruptedException {
        return send(new HttpCall(url(path(counter), "wait", wait), json));
    }

    /** @param after a receipt as the user wrote it, validated by the service; null for the current total */
    Answer get(CounterName counter, @Nullable String after) throws InterruptedException {
        return send(new HttpCall(url(path(counter), "after", after), null));
    }

    /** @param parameters alternating names and values; a parameter with a null value is not sent */
    Answer list(String namespace, @Nullable String... parameters) throws InterruptedException {
        return send(new HttpCall(url(COUNTERS.concat(encode(namespace)), parameters), null));
    }

    /**
     * The same, but also returns an answer that is not a 2xx.
     *
     * @throws CommandFailedException if there is no answer
     */
    HttpCall.Response tryList(String namespace, @Nullable String... parameters) throws InterruptedException {
        return exchange(new HttpCall(url(COUNTERS.concat(encode(namespace)), parameters), null));
    }

    private static String path(CounterName counter) {
        return COUNTERS.concat(counter.path());
    }

    private String url(String path, @Nullable String... parameters) {
        StringBuilder target = new StringBuilder(baseUrl).append(path);
        char separator = '?';
        for (int i = 0; i < parameters.length; i += 2) {
            String value = parameters[i + 1];
            if (value != null) {
                target.append(separator).append(parameters[i]).append('=').append(encode(value));
                separator = '&';
            }
        }
        return target.toString();
    }

    private Answer send(HttpCall call) throws InterruptedException {
        return accepted(exchange(call));
    }

    /** @throws CommandFailedException if the response is not a 2xx */
    Answer accepted(HttpCall.Response response) {
        if (response.status() / 100 == 2) {
            return new Answer(baseUrl, response.status(), response.body());
        }
        throw Refusal.of(baseUrl, response.status(), response.body()).asFailure();
    }

    private HttpCall.Response exchange(HttpCall call) throws InterruptedException {
        try {
            return within(answerMax, call);
        } catch (IOException e) {
            throw NoAnswer.of(baseUrl, e);
        }
    }

    /**
     * Runs the call on a thread of its own, because a call blocks: it has no end if the server sends a byte from time to time, and
     * an interrupt does not end it. The thread of a call without an answer ends with the process.
     */
    private static HttpCall.Response within(Duration max, HttpCall call) throws IOException, InterruptedException {
        FutureTask<HttpCall.Response> response = new FutureTask<>(call);
        Thread thread = new Thread(response, "tally-http-call");
        thread.setDaemon(true);
        thread.start();
        try {
            return response.get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw (IOException) new SocketTimeoutException("No answer within " + max).initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Encodes one path segment or one query value: every byte that is not unreserved in RFC 3986 is percent-encoded.
     */
    static String encode(String text) {
        StringBuilder segment = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean unreserved = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0;
            if (unreserved) {
                segment.append(c);
            } else {
                segment.append('%').append(HEX_DIGITS.charAt((b >> 4) & 0xF)).append(HEX_DIGITS.charAt(b & 0xF));
            }
        }
        return segment.toString();
    }
}
