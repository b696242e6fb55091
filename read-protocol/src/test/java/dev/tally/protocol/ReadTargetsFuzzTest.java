package dev.tally.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.Receipts;
import dev.tally.testkit.RandomInput;
import dev.tally.testkit.Seed;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests of one service to another. Each is read back as it was written, and exactly the valid ones are accepted. */
class ReadTargetsFuzzTest {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern ESCAPED = Pattern.compile("([A-Za-z0-9._~*-]|%[0-9A-F]{2})*");
    private static final CounterName COUNTER = CounterName.of("shop", "a/b");
    private static final int ROUNDS = 40_000;

    private final long seed = Seed.next();
    private final RandomInput input = new RandomInput(new Random(seed));
    private int taken;

    @Test
    void shouldAcceptExactlyTheValidQueries() {
        System.out.println("ReadTargetsFuzzTest queries seed " + seed);
        for (int i = 0; i < ROUNDS; i++) {
            // given
            Map<String, String> given = new HashMap<>();
            perhaps(given, "after", receipts());
            perhaps(given, "committed", any("true", "true", "true", "false", ""));
            perhaps(given, "wait", any("0", "30000", "30001", "-1", number()));
            if (input.oneIn(2)) {
                given.put("event", receipts());
                given.put("operation", any("add", "set", "delete", "delete", "unknown", "ADD", ""));
                given.put("value", any("0", Long.toString(input.number()), number()));
                perhaps(given, "id", input.text());
                given.remove(any("event", "operation", "value", "x", "x", "x", "x", "x"));
            } else {
                given.put(any("id", "x", "x", "x"), input.text());
            }

            // when
            ReadQuery query = taken(() -> ReadProtocol.parseQuery(given::get));

            // then
            assertThat(query != null).as("%s", given).isEqualTo(isQuery(given));
            if (query != null) {
                assertThat(ReadProtocol.parseQuery(
                                read(ReadProtocol.LIVE.total(COUNTER).target(query))::get))
                        .isEqualTo(query);
                assertThat(ReadProtocol.parseQuery(
                                read(ReadProtocol.LIVE.explanation(COUNTER).target(query))::get))
                        .isEqualTo(query);
            }
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20); // both outcomes must be frequent
    }

    @Test
    void shouldAcceptExactlyTheValidPages() {
        System.out.println("ReadTargetsFuzzTest pages seed " + seed);
        for (int i = 0; i < ROUNDS; i++) {
            // given
            String namespace = any("shop", "a.b-c_d", "0", "Shop", "", input.text());
            Map<String, String> given = new HashMap<>();
            given.put("order", any("name", "name", "total", "Name"));
            given.put("limit", any("1", "1000", "1001", "0", number()));
            perhaps(given, "prefix", any("", input.text()));
            perhaps(given, "beyond", any("", input.text()));
            given.remove(any("order", "limit", "x", "x", "x", "x"));

            // when
            PageQuery page = taken(() -> ReadProtocol.parsePage(namespace, given::get));

            // then
            assertThat(page != null).as("%s %s", namespace, given).isEqualTo(isPage(namespace, given));
            if (page != null) {
                String target = ReadProtocol.LIVE.page(7, page).target(ReadQuery.NOW);
                assertThat(target).startsWith("/internal/v1/live/partitions/7/counters/" + namespace + "?");
                assertThat(ReadProtocol.parsePage(namespace, read(target)::get)).isEqualTo(page);
            }
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    @Test
    void shouldAcceptExactlyTheValidRanges() {
        System.out.println("ReadTargetsFuzzTest ranges seed " + seed);
        for (int i = 0; i < ROUNDS; i++) {
            // given
            long from = input.number();
            Map<String, String> given = new HashMap<>();
            given.put("step", any("minute", "hour", "day", "DAY", "week"));
            given.put("from", any(number(), Long.toString(from)));
            given.put(
                    "to",
                    any(number(), Long.toString(from + input.number()), Long.toString(from + input.below(10_002))));
            given.remove(any("step", "from", "to", "x", "x", "x", "x"));

            // when
            HistoryRange range = taken(() -> ReadProtocol.parseRange(given::get));

            // then
            assertThat(range != null).as("%s", given).isEqualTo(isRange(given));
            if (range != null) {
                String target = ReadProtocol.LIVE.history(COUNTER, range).target(ReadQuery.NOW);
                assertThat(ReadProtocol.parseRange(read(target)::get)).isEqualTo(range);
            }
        }
        assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    private static boolean isQuery(Map<String, String> given) {
        String after = given.get("after");
        String wait = given.get("wait");
        return (after == null || Receipts.parse(after) != null)
                && given.getOrDefault("committed", "true").equals("true")
                && (wait == null || isWithin(wait, 0, Duration.ofSeconds(30).toMillis()))
                && isEvent(given);
    }

    private static boolean isEvent(Map<String, String> given) {
        String event = given.get("event");
        if (event == null) {
            return List.of("operation", "value", "id").stream().noneMatch(given::containsKey);
        }
        BigInteger value = slowly(given.getOrDefault("value", ""));
        return Receipts.parse(event) != null
                && !event.contains(",")
                && List.of("add", "set", "delete").contains(given.getOrDefault("operation", ""))
                && value != null
                && value.bitLength() <= 63;
    }

    private static boolean isPage(String namespace, Map<String, String> given) {
        String prefix = given.getOrDefault("prefix", "");
        String beyond = given.getOrDefault("beyond", "");
        boolean isByTotal = "total".equals(given.get("order")) && prefix.isEmpty() && !given.containsKey("beyond");
        return NAMESPACE.matcher(namespace).matches()
                && ("name".equals(given.get("order")) || isByTotal)
                && CounterName.isPrefix(prefix)
                && (CounterName.isPrefix(beyond) || CounterName.isStored(beyond))
                && isWithin(given.getOrDefault("limit", ""), 1, 1_000);
    }

    private static boolean isRange(Map<String, String> given) {
        BigInteger from = slowly(given.getOrDefault("from", ""));
        BigInteger to = slowly(given.getOrDefault("to", ""));
        if (from == null || to == null) {
            return false;
        }
        return List.of("minute", "hour", "day").contains(given.getOrDefault("step", ""))
                && from.bitLength() <= 63
                && to.bitLength() <= 63
                && isWithin(to.subtract(from).toString(), 1, 10_000);
    }

    private static boolean isWithin(String text, long min, long max) {
        BigInteger number = slowly(text);
        return number != null
                && number.compareTo(BigInteger.valueOf(min)) >= 0
                && number.compareTo(BigInteger.valueOf(max)) <= 0;
    }

    private static @Nullable BigInteger slowly(String text) {
        try {
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The parameters of a target. Checks that every value is escaped. */
    private static Map<String, String> read(String target) {
        Map<String, String> parameters = new HashMap<>();
        String query = URI.create(target).getRawQuery();
        for (String each : query == null ? new String[0] : query.split("&", -1)) {
            String[] pair = each.split("=", -1);
            assertThat(pair).hasSize(2);
            assertThat(pair[1]).matches(ESCAPED);
            parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private <T> @Nullable T taken(Supplier<T> parser) {
        try {
            T value = parser.get();
            taken++;
            return value;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void perhaps(Map<String, String> given, String name, String value) {
        if (input.oneIn(2)) {
            given.put(name, value);
        }
    }

    private String any(String... values) {
        return values[input.below(values.length)];
    }

    private String receipts() {
        return any(
                "0-0",
                "3-55,7-1",
                input.below(9) + "-" + input.below(99),
                input.below(9) + "-1,5-" + number(),
                input.text());
    }

    private String number() {
        return any(
                Long.toString(input.number()),
                input.bigNumber().toString(),
                "+" + input.below(99),
                "0" + input.below(99),
                "\u0663",
                "",
                "-",
                "1.0",
                input.text());
    }
}
