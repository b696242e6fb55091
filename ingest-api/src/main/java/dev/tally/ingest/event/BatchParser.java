package dev.tally.ingest.event;

import dev.tally.ingest.event.ParsedBatch.BadLine;
import dev.tally.service.http.json.JsonBatch;
import dev.tally.service.http.problem.HttpErrorCode;
import dev.tally.service.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of a batch: one event per line, or an array of events if the first byte that is not white space is
 * {@code [}. One parser per body.
 */
public final class BatchParser {
    public static final int BODY_BYTES_MAX = 4 << 20;
    public static final int EVENTS_MAX = 10_000;
    /** Maximum of invalid lines that are reported individually. */
    public static final int BAD_LINES_MAX = 100;

    private final HitReader reader;
    private final SimpleHitReader simple;
    private final @Nullable String key;
    private final List<Hit> hits = new ArrayList<>();
    private final List<BadLine> badLines = new ArrayList<>();
    private int bad;

    private BatchParser(@Nullable String key, long now) {
        this.reader = HitReader.onAny(now);
        this.simple = new SimpleHitReader(null, now);
        this.key = key;
    }

    /**
     * @param key the base of the IDs {@code key/line} of events without an ID of their own; null if the request gives
     *     none
     * @param now when the request arrived, in milliseconds since 1970
     * @throws ProblemException if the body is not a batch, or is too large
     */
    public static ParsedBatch parse(byte[] body, @Nullable String key, long now) {
        return new BatchParser(key, now).parse(body);
    }

    private ParsedBatch parse(byte[] body) {
        try (JsonBatch batch = JsonBatch.open(body)) {
            while (readNext(batch)) {
                if (hits.size() + bad > EVENTS_MAX) {
                    throw new ProblemException(
                            HttpErrorCode.TOO_LARGE,
                            "events: more than " + EVENTS_MAX + " (expected: at most " + EVENTS_MAX + ")");
                }
            }
        }
        int events = hits.size() + bad;
        if (events == 0) {
            throw new ProblemException(
                    HttpErrorCode.INVALID_VALUE,
                    "events: none (expected: 1 to " + EVENTS_MAX + ", one a line or in an array)");
        }
        if (bad == 0) {
            return new ParsedBatch.Valid(hits);
        }
        boolean severalOnALine = badLines.get(0).problem().detail().contains(JsonBatch.SEVERAL_ON_A_LINE);
        return new ParsedBatch.Invalid(events, bad, badLines, severalOnALine);
    }

    private boolean readNext(JsonBatch batch) {
        try {
            if (!batch.next()) {
                return false;
            }
            Hit hit = readSimply(batch);
            if (hit == null) {
                hit = reader.read(batch.reader());
                batch.endItem();
            }
            hits.add(key == null || hit.id() != null ? hit : hit.withId(EventId.ofLine(key, batch.line())));
        } catch (ProblemException e) {
            ProblemException problem = batch.recover(e);
            bad++;
            if (badLines.size() < BAD_LINES_MAX) {
                badLines.add(new BadLine(batch.line(), problem));
            }
        }
        return true;
    }

    private @Nullable Hit readSimply(JsonBatch batch) {
        return batch.isOfLines() ? simple.read(batch.body(), batch.lineStart(), batch.lineEnd()) : null;
    }
}
