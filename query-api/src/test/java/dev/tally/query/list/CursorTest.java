package dev.tally.query.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.schemas.name.CounterName;
import dev.tally.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b %2F?&=+#", "ü☕😀", "'; \"\\", "a\u202eb"})
    void shouldReadBackANameAndNeedNoEscapeInAQuery(String counter) {
        assertThat(Cursor.parse(Cursor.of(counter))).isEqualTo(counter);
        assertThat(Cursor.of(counter)).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void shouldReadBackTheLongestName() {
        for (String character : new String[] {"a", "ü", "😀"}) {
            String counter = character.repeat(200 / character.getBytes(StandardCharsets.UTF_8).length);
            assertThat(Cursor.parse(Cursor.of(counter))).isEqualTo(counter);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "=", "AWE=", "AWF", "AWE ", "AWE\n", "AW+h", "AQ", "AA", "AmE", "AS4", "AS4u", "ü", "YQ"
            })
    void shouldRefuseWhatWasNotGivenOut(String text) {
        assertThat(Cursor.parse(text)).isNull();
    }

    @Test
    void shouldRefuseBytesThatAreNoName() {
        for (int[] name : new int[][] {{0xFF}, {0xC3}, {'a', 0}, {'a', 0xC2, 0x85}, {0xED, 0xA0, 0x80}, new int[201]}) {
            byte[] bytes = new byte[name.length + 1];
            bytes[0] = 1;
            for (int i = 0; i < name.length; i++) {
                bytes[i + 1] = (byte) (name.length > 200 ? 'a' : name[i]);
            }
            assertThat(Cursor.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                    .isNull();
        }
    }

    @Test
    void shouldAcceptOnlyWhatItWouldWriteWhateverComes() {
        long seed = Seed.printed(CursorTest.class);
        Random random = new Random(seed);
        for (int round = 0; round < 50_000; round++) {
            // given
            byte[] bytes = new byte[random.nextInt(8)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = 1;
            }
            String text = Base64.getUrlEncoder().encodeToString(bytes);

            // when
            String counter = Cursor.parse(text);

            // then
            if (counter != null) {
                assertThat(Cursor.of(counter)).as("seed %d", seed).isEqualTo(text);
                assertThat(CounterName.isCounter(counter)).as("seed %d", seed).isTrue();
            }
        }
    }
}
