package dev.tally.streams.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final Instant NOW = Instant.parse("2026-12-01T02:00:00.5Z");

    @Test
    void shouldReadTheNoteThatItWrote() {
        // given
        Snapshot snapshot = new Snapshot(-2, 10, 19, 10, 0xfedc_ba98L, 499, NOW, new byte[] {5, -1, 0}, "g1");

        // when
        Snapshot read = Snapshot.of(Map.of("snapshot/3", snapshot.text()), 3);

        // then
        assertThat(read).usingRecursiveComparison().isEqualTo(snapshot);
        assertThat(snapshot.text())
                .isEqualTo("fffffffffffffffe 10 19 10 00000000fedcba98 499 2026-12-01T02:00:00.500Z Bf8A g1");
    }

    @Test
    void shouldKnowNoSnapshotWhenThereIsNoNoteOfThisVersion() {
        assertThat(Snapshot.of(Map.of(), 0)).isNull();
        assertThat(Snapshot.of(Map.of("snapshot/0", "1 2 3"), 0)).isNull();
        assertThat(Snapshot.of(Map.of("snapshot/0", "x 10 19 10 1 499 2026-12-01T02:00:00Z Bf8A"), 0))
                .isNull();
        assertThat(Snapshot.of(Map.of("snapshot/0", "1 10 19 10 1 499 yesterday Bf8A"), 0))
                .isNull();
    }

    @Test
    void shouldTellTheRecordsOfASnapshotByTheirKeys() {
        // when
        byte[] key = SnapshotKey.of(7, "tshop/cart".getBytes(UTF_8));

        // then
        assertThat(SnapshotKey.isOf(7, key)).isTrue();
        assertThat(SnapshotKey.isOf(8, key)).isFalse();
        assertThat(SnapshotKey.isOf(7, new byte[3])).isFalse();
        assertThat(SnapshotKey.entry(key)).isEqualTo("tshop/cart".getBytes(UTF_8));
    }

    @Test
    void shouldHaveAnotherChecksumWhenAnEntryIsSplitOtherwise() {
        assertThat(checksum("ab", "c")).isEqualTo(checksum("ab", "c")).isNotEqualTo(checksum("a", "bc"));
    }

    private static long checksum(String key, String value) {
        Checksum checksum = new Checksum();
        checksum.add(key.getBytes(UTF_8), value.getBytes(UTF_8));
        return checksum.value();
    }
}
