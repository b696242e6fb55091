package dev.tally.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleHitReaderTest {
    private static final long NOW = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    private static final CounterName NAME = CounterName.of("shop", "a");
    private static final String NAMED = "{\"namespace\":\"shop\",\"counter\":\"a\"";
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"namespace\":\"shop\",\"counter\":\"a\"}",
                "{\"counter\":\"a\",\"delta\":1,\"namespace\":\"shop\"}",
                "{\"namespace\": \"shop\", \"counter\": \"a\", \"delta\": 1}",
                " { \"namespace\" : \"shop\" , \"counter\" : \"a\" } \t\r"
            })
    void shouldReadAHitThatIsWrittenSimply(String line) {
        assertThat(read(null, line)).isEqualTo(new Hit(NAME, 1, null, NOW, null));
    }

    @Test
    void shouldReadEveryField() {
        assertThat(read(
                        null,
                        NAMED + ",\"delta\":-999999999999999999,\"id\":\"a b~\",\"source\":\"till 7\","
                                + "\"occurredAt\":\"2026-11-24T11:59:59.500Z\"}"))
                .isEqualTo(new Hit(NAME, -999_999_999_999_999_999L, "a b~", NOW - 500, "till 7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"namespace\":\"shop\"}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",}",
                "{\"namespace\":\"shop\",\"counter\":\"a\"} x",
                "{\"namespace\":\"shop\",\"counter\":\"a\"}{}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"counter\":\"a\"}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"note\":\"a\"}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"id\":\"\"}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"id\":null}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"occurredAt\":\"2026-11-24\"}",
                "{\"namespace\":\"shop\",\"counter\":\"a\",\"occurredAt\":\"2026-01-01T00:00:00Z\"}",
                "{\"namespace\":\"shop\",\"counter\":\"\\u0061\"}",
                "{\"namespace\":\"shop\",\"counter\":\"\u00fc\"}",
                "{\"namespace\":\"Shop\",\"counter\":\"a\"}",
                "{\"namespace\":\"shop\",\"counter\":\"..\"}",
                "{\"namespace\":\"shop\",\"counter\":\"a"
            })
    void shouldLeaveWhatIsWrittenOtherwiseOrNoHitToTheOtherReader(String line) {
        assertThat(read(null, line)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "+1", "01", "-01", "1.0", "1e3", "1 2", "\"1\"", "null", "1000000000000000000", "x"})
    void shouldLeaveADeltaToTheOtherReaderWhenItIsNoWholeNumberOfEighteenDigits(String delta) {
        assertThat(read(null, NAMED + ",\"delta\":" + delta + "}")).isNull();
    }

    @Test
    void shouldReadAHitOfAGivenCounterThatDoesNotNameIt() {
        assertThat(read(NAME, "{\"delta\":7}")).isEqualTo(new Hit(NAME, 7, null, NOW, null));
        assertThat(read(NAME, "{\"delta\":7,\"counter\":\"a\"}")).isNull();
        assertThat(read(NAME, "{\"delta\":7,\"namespace\":\"shop\"}")).isNull();
    }

    @Test
    void shouldReadNothingBeyondTheEndOfItsLine() {
        // given
        byte[] lines = (NAMED + ",\"delta\":12}").getBytes(StandardCharsets.UTF_8);

        // when, then
        for (int to = 0; to < lines.length; to++) {
            assertThat(new SimpleHitReader(null, NOW).read(lines, 0, to)).isNull();
        }
    }

    @Test
    void shouldTakeOnlyWhatTheContractTakesAndAsTheSameHit() {
        // given
        long seed = Seed.printed(SimpleHitReaderTest.class);
        Random random = new Random(seed);
        RandomHits hits = new RandomHits(random);
        PlainHits contract = new PlainHits(NOW);
        SimpleHitReader ofAny = new SimpleHitReader(null, NOW);
        SimpleHitReader ofOne = new SimpleHitReader(NAME, NOW);
        int taken = 0;

        // when, then
        for (int i = 0; i < ROUNDS; i++) {
            boolean named = random.nextBoolean();
            byte[] json = hits.damaged(hits.next(named));
            Hit hit = (named ? ofAny : ofOne).read(json, 0, json.length);
            if (hit != null) {
                taken++;
                assertThat(hit)
                        .as("%s", new String(json, StandardCharsets.ISO_8859_1))
                        .isEqualTo(contract.hit(PlainHits.tree(json), named ? null : NAME));
            }
        }
        assertThat(taken).isGreaterThan(ROUNDS / 10);
    }

    private static @Nullable Hit read(@Nullable CounterName name, String line) {
        byte[] bytes = ("x" + line + "\n").getBytes(StandardCharsets.UTF_8);
        return new SimpleHitReader(name, NOW).read(bytes, 1, bytes.length - 1);
    }
}
