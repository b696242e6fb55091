package dev.tally.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.InvalidNameException;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import dev.tally.schemas.read.Step;
import dev.tally.service.http.HttpServer;
import dev.tally.service.http.Request;
import dev.tally.service.http.Route;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.response.Response;
import dev.tally.service.settings.HttpSettings;
import dev.tally.testkit.Seed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names and reads as request targets. One service writes them, and the server of another decodes them strictly. */
class TargetsFuzzTest {
    private static final Pattern ESCAPES = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F]");
    private static final String[] PIECES = {
        "a",
        "Z",
        "+",
        ";x",
        "~",
        "@",
        "%2F",
        "%2f",
        "%25",
        "%41",
        "%00",
        "%7F",
        "%C2%85",
        "%C3%BC",
        "%F0%9F%98%80",
        "%2E",
        ".",
        "%ED%A0%80",
        "%C0%80",
        "%C3",
        "%",
        "%4",
        "%G1",
        "%%"
    };
    private static final int ROUNDS = 2_000;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);
    private final BlockingQueue<Object> read = new LinkedBlockingQueue<>();
    private final HttpServer server = HttpServer.start(
            new HttpSettings("127.0.0.1", 0),
            List.of(
                    new Route("GET", ReadProtocol.LIVE.counterTemplate(), request -> answer(request, name(request))),
                    new Route("GET", ReadProtocol.LIVE.historyTemplate(), request -> answer(request, range(request))),
                    new Route("GET", ReadProtocol.LIVE.pageTemplate(), request -> answer(request, page(request)))),
            new SimpleMeterRegistry());
    private Socket socket = new Socket();
    private BufferedReader in = new BufferedReader(Reader.nullReader());

    @BeforeEach
    void connect() throws IOException {
        socket.close();
        socket = new Socket("127.0.0.1", server.port());
        socket.setTcpNoDelay(true);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    void shouldReadBackEveryNameAndEveryReadFromItsTarget() throws IOException {
        System.out.println("TargetsFuzzTest reads seed " + seed);
        for (int i = 0; i < ROUNDS; i++) {
            // given
            CounterName name = CounterName.of("shop-" + random.nextInt(9), text() + "x");
            ReadQuery query = query();
            HistoryRange range = new HistoryRange(Step.HOUR, -1 - random.nextInt(99), random.nextLong(9_000));
            PageQuery page = PageQuery.byName(name.namespace(), text(), random.nextBoolean() ? null : text(), 7);

            // when, then
            assertThat(status(ReadProtocol.LIVE.total(name).target(query))).isEqualTo(200);
            assertThat(read).containsExactly(name, query);
            assertThat(status(ReadProtocol.LIVE.history(name, range).target(query)))
                    .isEqualTo(200);
            assertThat(read).containsExactly(name, range, query);
            assertThat(status(ReadProtocol.LIVE.page(3, page).target(query))).isEqualTo(200);
            assertThat(read).containsExactly(page, query);
        }
    }

    @Test
    void shouldTakeExactlyThePathsThatSpellNames() throws IOException {
        System.out.println("TargetsFuzzTest paths seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            StringBuilder raw = new StringBuilder();
            for (int pieces = random.nextInt(4); pieces > 0; pieces--) {
                raw.append(PIECES[random.nextInt(random.nextBoolean() ? PIECES.length : 10)]);
            }

            // when
            int status = status("/internal/v1/live/counters/shop/" + raw);

            // then
            assertThat(status).as("%s", raw).isEqualTo(statusSlowly(raw.toString()));
            if (status == 200) {
                assertThat(read).as("%s", raw).startsWith(CounterName.of("shop", decoded(raw.toString())));
                taken++;
            }
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    private static int statusSlowly(String raw) {
        if (raw.isEmpty()) {
            return 404;
        }
        if (!ESCAPES.matcher(raw).matches() || decoded(raw).contains("\uFFFD")) {
            return 400;
        }
        String text = decoded(raw);
        return text.equals(".") || text.equals("..") || CONTROL.matcher(text).find() ? 400 : 200;
    }

    private static String decoded(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Object[] name(Request request) {
        return new Object[] {counter(request), ReadProtocol.parseQuery(request.query()::get)};
    }

    private Object[] range(Request request) {
        return new Object[] {
            counter(request),
            ReadProtocol.parseRange(request.query()::get),
            ReadProtocol.parseQuery(request.query()::get)
        };
    }

    private Object[] page(Request request) {
        return new Object[] {
            ReadProtocol.parsePage(request.pathParameter("namespace"), request.query()::get),
            ReadProtocol.parseQuery(request.query()::get)
        };
    }

    private static CounterName counter(Request request) {
        try {
            return CounterName.of(request.pathParameter("namespace"), request.pathParameter("counter"));
        } catch (InvalidNameException e) {
            throw new ProblemException(HttpErrorCode.INVALID_NAME, String.valueOf(e.getMessage()));
        }
    }

    private void answer(Request request, Object[] values) {
        read.addAll(List.of(values));
        request.respond(Response.of(200, "text/plain", ""));
    }

    private int status(String target) throws IOException {
        read.clear();
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        int status = Integer.parseInt(in.readLine().split(" ", -1)[1]);
        int length = 0;
        boolean isClosed = false;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            isClosed |= line.equals("Connection: close");
        }
        assertThat(in.skip(length)).isEqualTo(length);
        if (isClosed) {
            connect(); // Undertow itself refused the target and closed the connection
        }
        return status;
    }

    private ReadQuery query() {
        Receipt receipt = new Receipt(random.nextInt(Integer.MAX_VALUE), random.nextLong(Long.MAX_VALUE));
        return new ReadQuery(
                random.nextBoolean() ? Receipts.NONE : Receipts.of(receipt),
                random.nextBoolean(),
                Duration.ofMillis(random.nextInt(30_001)),
                random.nextBoolean() ? null : event(receipt));
    }

    private ReadQuery.Event event(Receipt receipt) {
        Operation operation = random.nextBoolean() ? Operation.SET : Operation.DELETE;
        return new ReadQuery.Event(
                receipt, new EventContent(operation, random.nextLong()), random.nextBoolean() ? null : text());
    }

    /** Up to 20 characters that a counter name may have. */
    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int codePoint = random.nextInt(1 << random.nextInt(7, 21));
            boolean isAllowed = CounterName.isPrefix(Character.toString(codePoint));
            text.appendCodePoint(isAllowed ? codePoint : '%');
        }
        return text.toString();
    }
}
