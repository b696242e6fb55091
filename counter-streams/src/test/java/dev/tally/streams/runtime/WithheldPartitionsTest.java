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

/** The partitions that a limit withholds, alone and together with the admission by schema. */
class WithheldPartitionsTest {
    private static final TopicPartition ONE = new TopicPartition("tally.events", 1);
    private static final TopicPartition TWO = new TopicPartition("tally.events", 2);
    private static final byte[] KNOWN = event(5);
    private static final int OPEN_ID = 6;
    private static final byte[] OPEN = event(OPEN_ID);

    private final OffsetLimit limit = new OffsetLimit();
    private final LimitAdmission limits = new LimitAdmission(limit);
    private final Set<Integer> certain = new HashSet<>(Set.of(5));
    private final AtomicLong now = new AtomicLong();
    private final StalledPartitions stalls = new StalledPartitions(this::answer, now::get);
    private final SchemaAdmission schemas = new SchemaAdmission(this::answer, stalls);
    private final Map<TopicPartition, Long> held = new HashMap<>();
    private final WithheldPartitions withheld =
            new WithheldPartitions((partition, place) -> held.put(partition, place.offset()));

    private SchemaAnswer answer(int id) {
        return certain.contains(id) ? new SchemaAnswer.Known(null) : new SchemaAnswer.Pending("away");
    }

    @Test
    void shouldWithholdOnlyThePartitionBeyondItsLimit() {
        // given
        limit.set(Map.of(1, 101L, 2, 101L));

        // when
        ConsumerRecords<byte[], byte[]> admitted =
                poll(100, Map.of(ONE, List.of(KNOWN, KNOWN, KNOWN, KNOWN), TWO, List.of(KNOWN, KNOWN)));

        // then
        assertThat(admitted.records(ONE)).extracting(ConsumerRecord::offset).containsExactly(100L, 101L);
        assertThat(admitted.records(TWO)).hasSize(2);
        assertThat(held).containsExactly(Map.entry(ONE, 102L));
        assertThat(admitted.nextOffsets().get(ONE).offset()).isEqualTo(102);
        assertThat(admitted.nextOffsets().get(TWO).offset()).isEqualTo(102);
    }

    @Test
    void shouldAdmitNoRecordOfAPartitionThatIsBeyondItsLimitAlready() {
        // given
        limit.set(Map.of(1, 50L));

        // when
        ConsumerRecords<byte[], byte[]> admitted = poll(100, Map.of(ONE, List.of(KNOWN, KNOWN)));

        // then
        assertThat(admitted.isEmpty()).isTrue();
        assertThat(held).containsExactly(Map.entry(ONE, 100L));
        assertThat(admitted.nextOffsets().get(ONE).offset()).isEqualTo(100);
    }

    @Test
    void shouldAdmitThePolledRecordsThemselvesWhenAllAreWithinTheLimits() {
        // given
        limit.set(Map.of(1, 101L));
        ConsumerRecords<byte[], byte[]> polled =
                Polled.from(100, Map.of(ONE, List.of(KNOWN, KNOWN), TWO, List.of(KNOWN)));

        // then
        assertThat(withheld.admit(polled, limits)).isSameAs(polled);
        assertThat(withheld.isEmpty()).isTrue();
    }

    @Test
    void shouldReleaseThePartitionWhenTheLimitIsRaisedOverTheWithheldRecord() {
        // given
        limit.set(Map.of(1, 101L));
        poll(100, Map.of(ONE, List.of(KNOWN, KNOWN, KNOWN)));

        // when
        limit.set(Map.of(1, 90L));

        // then
        assertThat(withheld.release(Set.of(ONE))).isEmpty();
        assertThat(withheld.resumed(List.of(ONE, TWO))).containsExactly(TWO);

        // when
        limit.set(Map.of(1, 102L));

        // then
        assertThat(withheld.release(Set.of(ONE))).containsExactly(ONE);
        assertThat(withheld.resumed(List.of(ONE, TWO))).containsExactly(ONE, TWO);
    }

    @Test
    void shouldLeaveAReleasedPartitionPausedWhenStreamsPausedIt() {
        // given
        limit.set(Map.of(1, 101L));
        poll(100, Map.of(ONE, List.of(KNOWN, KNOWN, KNOWN)));
        withheld.pausing(List.of(ONE), Set.of(ONE));

        // when
        limit.lift();

        // then
        assertThat(withheld.release(Set.of(ONE))).isEmpty();
        assertThat(withheld.isEmpty()).isTrue();
        assertThat(withheld.resumed(List.of(ONE))).containsExactly(ONE);
    }

    @Test
    void shouldReleaseAPartitionThatStreamsHasResumedMeanwhile() {
        // given
        limit.set(Map.of(1, 101L));
        poll(100, Map.of(ONE, List.of(KNOWN, KNOWN, KNOWN)));
        withheld.pausing(List.of(ONE), Set.of(ONE));
        assertThat(withheld.resumed(List.of(ONE))).isEmpty();

        // when
        limit.lift();

        // then
        assertThat(withheld.release(Set.of(ONE))).containsExactly(ONE);
    }

    @Test
    void shouldApplyTheLimitWhenTheSchemaIsReleasedFirst() {
        // given
        limit.set(Map.of(1, 102L));
        byte[][] log = {KNOWN, OPEN, KNOWN, KNOWN, KNOWN};

        // when: both admissions withhold records
        assertThat(offsets(poll(100, Map.of(ONE, List.of(log))))).containsExactly(100L);

        // then
        assertThat(held).containsExactly(Map.entry(ONE, 101L));

        // when
        certain.add(OPEN_ID);

        // then
        assertThat(withheld.release(Set.of(ONE))).containsExactly(ONE);
        assertThat(offsets(poll(101, Map.of(ONE, List.of(log).subList(1, 5))))).containsExactly(101L, 102L);
        assertThat(held).containsExactly(Map.entry(ONE, 103L));
        assertThat(withheld.release(Set.of(ONE))).isEmpty();

        // when
        limit.lift();

        // then
        assertThat(withheld.release(Set.of(ONE))).containsExactly(ONE);
    }

    @Test
    void shouldWaitForTheSchemaWhenTheLimitIsLiftedFirst() {
        // given
        limit.set(Map.of(1, 102L));
        byte[][] log = {KNOWN, OPEN, KNOWN, KNOWN, KNOWN};
        poll(100, Map.of(ONE, List.of(log)));

        // when
        limit.lift();

        // then
        assertThat(withheld.release(Set.of(ONE))).isEmpty();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(stalls.of(1)).isEqualTo("the event at 1-101 waits for schema 6: away");

        // when
        certain.add(OPEN_ID);

        // then
        assertThat(withheld.release(Set.of(ONE))).containsExactly(ONE);
        assertThat(stalls.of(1)).isNull();
        assertThat(offsets(poll(101, Map.of(ONE, List.of(log).subList(1, 5))))).hasSize(4);
    }

    @Test
    void shouldReportNoStallWhenTheRecordWithTheUnknownSchemaIsBeyondTheLimit() {
        // given
        limit.set(Map.of(1, 100L));

        // when
        poll(100, Map.of(ONE, List.of(KNOWN, OPEN)));

        // then
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(stalls.of(1)).isNull();

        // when
        limit.lift();

        // then
        assertThat(withheld.release(Set.of(ONE))).containsExactly(ONE);
        assertThat(poll(101, Map.of(ONE, List.of(OPEN))).isEmpty()).isTrue();
        assertThat(withheld.release(Set.of(ONE))).isEmpty();
    }

    @Test
    void shouldForgetAPartitionThatWasAssignedAgainBeforeStreamsPausesIt() {
        // given
        limit.set(Map.of(1, 101L));
        poll(100, Map.of(ONE, List.of(KNOWN, KNOWN, KNOWN)));

        // when: the new assignment is not paused, and Streams pauses it until its task is restored
        withheld.pausing(List.of(ONE), Set.of());

        // then
        assertThat(withheld.resumed(List.of(ONE))).containsExactly(ONE);
        assertThat(offsets(poll(99, Map.of(ONE, List.of(KNOWN, KNOWN, KNOWN, KNOWN)))))
                .containsExactly(99L, 100L, 101L);
    }

    @Test
    void shouldForgetAPartitionWhenStreamsSeeks() {
        // given
        poll(100, Map.of(ONE, List.of(OPEN)));
        withheld.pausing(List.of(ONE), Set.of(ONE));

        // when
        withheld.forget(ONE);

        // then
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(stalls.of(1)).isNull();
        assertThat(withheld.resumed(List.of(ONE))).containsExactly(ONE);
    }

    /** In the order of the consumers: the limit, then the schemas. */
    private ConsumerRecords<byte[], byte[]> poll(long firstOffset, Map<TopicPartition, List<byte[]>> values) {
        return withheld.admit(withheld.admit(Polled.from(firstOffset, values), limits), schemas);
    }

    private static List<Long> offsets(ConsumerRecords<byte[], byte[]> admitted) {
        return admitted.records(ONE).stream().map(ConsumerRecord::offset).toList();
    }

    private static byte[] event(int schemaId) {
        return new EventEncoder(schemaId).encode(Operation.ADD, 1, null, 0, null);
    }
}
