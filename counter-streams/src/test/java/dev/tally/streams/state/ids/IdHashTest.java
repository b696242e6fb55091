package dev.tally.streams.state.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdHashTest {
    @Test
    void shouldDependOnEveryByteAndOnTheBoundaryOfCounterAndId() {
        // given
        IdHash hash = IdHash.random();
        String name = "shop/cart-of-the-day-before";
        Set<Long> hashes = new HashSet<>();

        // when
        int different = 0;
        for (int idAt = 0; idAt <= name.length(); idAt++) {
            for (int changed = -1; changed < name.length(); changed++) {
                byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
                if (changed >= 0) {
                    bytes[changed]++;
                }
                String all = new String(bytes, StandardCharsets.US_ASCII);
                hashes.add(hash.of(bytes(all.substring(0, idAt)), bytes(all.substring(idAt))));
                different++;
            }
        }

        // then
        assertThat(hashes).hasSize(different);
    }

    @Test
    void shouldBeEqualOnlyUnderTheSameKey() {
        byte[] counter = bytes("shop/cart");
        byte[] id = bytes("a");
        assertThat(new IdHash(1, 2).of(counter, id)).isEqualTo(new IdHash(1, 2).of(counter.clone(), id.clone()));
        assertThat(new IdHash(1, 2).of(counter, id)).isNotEqualTo(new IdHash(1, 3).of(counter, id));
        assertThat(IdHash.random().of(counter, id)).isNotEqualTo(IdHash.random().of(counter, id));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
