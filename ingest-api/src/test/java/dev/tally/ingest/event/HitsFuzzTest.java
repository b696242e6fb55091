package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tally.schemas.name.CounterName;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.testkit.Seed;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the parsers of single hits and of batches with {@link PlainHits} on intact and corrupted texts. */
class HitsFuzzTest {
    private static final CounterName NAME = CounterName.of("shop", "orders");
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    private static final Pattern DELTA = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final String DELTA_CHARS = "0123456789-+.eE \"xA\u0661";
    private static final int ROUNDS = 10_000;

    private final long seed = Seed.next();
    private final Random random = new Random(seed);
    private final RandomHits hits = new RandomHits(random);
    private final PlainHits plain = new PlainHits(NOW);

    @Test
    void shouldTakeExactlyTheDeltasThatTheGrammarAllows() {
        System.out.println("HitsFuzzTest deltas seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            String delta = delta();

            // when
            Hit hit = single(("{\"delta\":" + delta + "}").getBytes(StandardCharsets.UTF_8));

            // then
            boolean isDelta = DELTA.matcher(delta).matches() && new BigInteger(delta).bitLength() <= 63;
            assertThat(hit == null ? null : BigInteger.valueOf(hit.delta()))
                    .as("%s", delta)
                    .isEqualTo(isDelta ? new BigInteger(delta) : null);
            taken += hit == null ? 0 : 1;
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    @Test
    void shouldTakeExactlyTheHitsOfTheContract() {
        System.out.println("HitsFuzzTest hits seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS; i++) {
            // given
            byte[] body = hits.damaged(hits.next(false));

            // when
            Hit hit = single(body);

            // then
            assertThat(hit).as("%s", shown(body)).isEqualTo(singleSlowly(body));
            if (hit != null) {
                assertThat(single(PlainHits.write(hit, false)))
                        .as("%s", shown(body))
                        .isEqualTo(hit);
                taken++;
            }
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    @Test
    void shouldTakeExactlyTheLinesOfTheContract() {
        System.out.println("HitsFuzzTest lines seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS / 2; i++) {
            // given
            byte[] body = hits.damaged(batch("\n"));
            if (isArray(body)) {
                continue;
            }

            // when
            ParsedBatch batch = parsed(body);

            // then
            List<Hit> slowly = linesSlowly(body);
            if (slowly.isEmpty()) {
                assertThat(batch).as("%s", shown(body)).isNull();
            } else if (slowly.contains(null)) {
                long bad = slowly.stream().filter(hit -> hit == null).count();
                assertThat(batch).as("%s", shown(body)).isInstanceOfSatisfying(ParsedBatch.Invalid.class, invalid -> {
                    assertThat(invalid.events()).isEqualTo(slowly.size());
                    assertThat(invalid.bad())
                            .isEqualTo((int) bad)
                            .isEqualTo(invalid.first().size());
                });
            } else {
                assertThat(batch).as("%s", shown(body)).isEqualTo(new ParsedBatch.Valid(slowly));
                assertThat(parsed(written(slowly))).isEqualTo(batch);
                taken++;
            }
        }
        assertThat(taken).isBetween(ROUNDS / 40, ROUNDS * 19 / 40);
    }

    @Test
    void shouldTakeExactlyTheArraysOfTheContract() {
        System.out.println("HitsFuzzTest arrays seed " + seed);
        int taken = 0;
        for (int i = 0; i < ROUNDS / 2; i++) {
            // given
            byte[] body = hits.damaged("[" + batch(" ,\n") + "]");
            if (!isArray(body)) {
                continue;
            }

            // when
            ParsedBatch batch = parsed(body);

            // then
            List<Hit> slowly = arraySlowly(body);
            boolean isTaken = slowly != null && !slowly.isEmpty() && !slowly.contains(null);
            assertThat(batch instanceof ParsedBatch.Valid).as("%s", shown(body)).isEqualTo(isTaken);
            if (isTaken) {
                assertThat(batch).as("%s", shown(body)).isEqualTo(new ParsedBatch.Valid(slowly));
                taken++;
            }
        }
        assertThat(taken).isBetween(ROUNDS / 40, ROUNDS * 19 / 40);
    }

    private static @Nullable Hit single(byte[] body) {
        try {
            return HitParser.parse(NAME, body, null, NOW);
        } catch (ProblemException e) {
            return null;
        }
    }

    private @Nullable Hit singleSlowly(byte[] body) {
        return body.length == 0 ? new Hit(NAME, 1, null, NOW, null) : plain.hit(PlainHits.tree(body), NAME);
    }

    /** The parsed batch, or null if the body is not a batch. */
    private static @Nullable ParsedBatch parsed(byte[] body) {
        try {
            return BatchParser.parse(body, null, NOW);
        } catch (ProblemException e) {
            return null;
        }
    }

    /** The hit of each line that is not blank; null for an invalid one. */
    private List<@Nullable Hit> linesSlowly(byte[] body) {
        List<@Nullable Hit> read = new ArrayList<>();
        // One char per byte keeps invalid UTF-8 unchanged.
        for (String line : new String(body, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            if (!line.matches("[ \t\r]*")) {
                read.add(plain.hit(PlainHits.tree(line.getBytes(StandardCharsets.ISO_8859_1)), null));
            }
        }
        return read;
    }

    private @Nullable List<@Nullable Hit> arraySlowly(byte[] body) {
        JsonNode tree = PlainHits.tree(body);
        if (tree == null) {
            return null;
        }
        List<@Nullable Hit> read = new ArrayList<>();
        tree.forEach(element -> read.add(plain.hit(element, null)));
        return read;
    }

    private static byte[] written(List<Hit> read) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Hit hit : read) {
            bytes.writeBytes(PlainHits.write(hit, true));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static boolean isArray(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).matches("(?s)[ \t\r\n]*\\[.*");
    }

    private String batch(String separator) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> hits.next(true))
                .collect(Collectors.joining(separator));
    }

    private String delta() {
        StringBuilder delta = new StringBuilder(random.nextBoolean() ? "-" : "");
        delta.append(new BigInteger(random.nextInt(66), random));
        for (int i = random.nextInt(4) - 2; i >= 0; i--) {
            delta.insert(random.nextInt(delta.length() + 1), DELTA_CHARS.charAt(random.nextInt(DELTA_CHARS.length())));
        }
        return delta.toString().strip();
    }

    private static String shown(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
