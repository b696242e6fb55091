package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.registry.SchemaAnswer;
import dev.tally.schemas.wire.EventEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SchemaAdmissionTest {
    private static final TopicPartition ONE = new TopicPartition("tally.events", 1);
    private static final TopicPartition TWO = new TopicPartition("tally.events", 2);
    private static final int KNOWN = 5;
    private static final int OPEN = 6;

    private final Set<Integer> certain = new HashSet<>(Set.of(KNOWN));
    private final AtomicLong now = new AtomicLong();
    private final StalledPartitions stalls = new StalledPartitions(this::answer, now::get);
    private final SchemaAdmission admission = new SchemaAdmission(this::answer, stalls);
    private final Map<TopicPartition, Long> held = new HashMap<>();
    private final WithheldPartitions withheld =
            new WithheldPartitions((partition, place) -> held.put(partition, place.offset()));

    private SchemaAnswer answer(int id) {
        return certain.contains(id) ? new SchemaAnswer.Known(null) : new SchemaAnswer.Pending("away");
    }

    @Test
    void shouldAdmitAllRecordsWhenAllSchemasAreKnown() {
        // given
        ConsumerRecords<byte[], byte[]> polled = Polled.of(Map.of(ONE, List.of(event(KNOWN), new byte[] {0, 1})));

        // then
        assertThat(admit(polled)).isSameAs(polled);
        assertThat(held).isEmpty();
    }

    @Test
    void shouldWithholdOnlyThePartitionWhoseRecordMustWait() {
        // when
        ConsumerRecords<byte[], byte[]> admitted = admit(Polled.of(Map.of(
                ONE, List.of(event(KNOWN), event(OPEN), event(KNOWN)), TWO, List.of(event(KNOWN), event(KNOWN)))));

        // then
        assertThat(admitted.records(ONE)).extracting(ConsumerRecord::offset).containsExactly(100L);
        assertThat(admitted.records(TWO)).hasSize(2);
        assertThat(held).containsExactly(Map.entry(ONE, 101L));
        assertThat(admitted.nextOffsets().get(ONE).offset()).isEqualTo(101);
        assertThat(admitted.nextOffsets().get(TWO).offset()).isEqualTo(102);
    }

    @Test
    void shouldAdmitNoRecordOfAPartitionWhenItsFirstMustWait() {
        // when
        ConsumerRecords<byte[], byte[]> admitted = admit(Polled.of(Map.of(ONE, List.of(event(OPEN)))));

        // then
        assertThat(admitted.isEmpty()).isTrue();
        assertThat(admitted.nextOffsets().get(ONE).offset()).isEqualTo(100);
    }

    @Test
    void shouldReleaseThePartitionWhenTheRegistryHasAnswered() {
        // given
        admit(Polled.of(Map.of(ONE, List.of(event(OPEN)))));
        assertThat(withheld.release(Set.of(ONE))).isEmpty();
        assertThat(withheld.resumed(List.of(ONE, TWO))).containsExactly(TWO);

        // when
        certain.add(OPEN);

        // then
        assertThat(withheld.release(Set.of(ONE))).containsExactly(ONE);
        assertThat(withheld.resumed(List.of(ONE, TWO))).containsExactly(ONE, TWO);
    }

    @Test
    void shouldNotReleaseAPartitionThatStreamsWantsPausedAsWell() {
        // given
        admit(Polled.of(Map.of(ONE, List.of(event(OPEN)))));
        withheld.pausing(List.of(ONE), Set.of(ONE));
        certain.add(OPEN);

        // then
        assertThat(withheld.release(Set.of(ONE))).isEmpty();
        assertThat(withheld.resumed(List.of(ONE))).containsExactly(ONE);
    }

    @Test
    void shouldForgetAPartitionWhenAnotherMemberOwnsIt() {
        // given
        admit(Polled.of(Map.of(ONE, List.of(event(OPEN)))));
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(stalls.of(1)).isNotNull();

        // when
        withheld.release(Set.of());

        // then
        assertThat(stalls.of(1)).isNull();
        assertThat(withheld.resumed(List.of(ONE))).containsExactly(ONE);
    }

    @Test
    void shouldReportAStallOnlyWhenTheWaitExceedsOneSecond() {
        // given
        admit(Polled.of(Map.of(ONE, List.of(event(OPEN)))));
        assertThat(stalls.any()).isNull();

        // when
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        // then
        assertThat(stalls.any()).isEqualTo("the event at 1-100 waits for schema 6: away");
        assertThat(stalls.of(2)).isNull();
        assertThat(stalls.count()).isEqualTo(1);

        // when
        stalls.clear();
        withheld.release(Set.of(ONE));
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        // then
        assertThat(stalls.of(1)).isNotNull();
    }

    private ConsumerRecords<byte[], byte[]> admit(ConsumerRecords<byte[], byte[]> polled) {
        return withheld.admit(polled, admission);
    }

    private static byte[] event(int schemaId) {
        return new EventEncoder(schemaId).encode(Operation.ADD, 1, null, 0, null);
    }
}
