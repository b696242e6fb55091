package dev.tally.standalone.rejected;

import static dev.tally.standalone.rejected.RejectedRecords.add;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.standalone.rejected.ReplayDecision.Append;
import dev.tally.standalone.rejected.ReplayDecision.Leave;
import dev.tally.streams.topology.Rejection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayRulesTest {
    private static final String KEY = "shop/sold";
    private static final int OPERATION_AT = 5;

    private final ReplayRules rules = new ReplayRules(ReleasedSchemas.get(), EventEncoder.released());

    @ParameterizedTest
    @EnumSource(
            value = Rejection.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ID_REUSED"})
    void shouldAppendTheSameBytesWhenCountingWouldAcceptThemNow(Rejection reason) {
        // given
        byte[] value = add(3, "order-7");

        // when
        Append append = append(decide(rules, "0-42", reason.reason(), KEY, value));

        // then
        assertThat(append.value()).isEqualTo(value);
        assertThat(append.counter()).hasToString(KEY);
        assertThat(append.origin()).hasToString("0-42");
    }

    @Test
    void shouldGiveAnIdOfItsOriginWhenTheEventHasNone() {
        // when
        Append append = append(decide(rules, "3-42", "overflow", KEY, add(3, null)));

        // then
        assertThat(read(append)).isEqualTo("ADD 3 tally.rejected.3-42 1700000000000 stock");
    }

    @Test
    void shouldReplaceAnIdThatAnotherEventHas() {
        // when
        Append append = append(decide(rules, "3-42", "id_reused", KEY, add(3, "order-7")));

        // then
        assertThat(read(append)).isEqualTo("ADD 3 tally.rejected.3-42 1700000000000 stock");
    }

    @Test
    void shouldAllowAReusedIdOnlyWhenTheReasonIsNamed() {
        // given
        RejectedEvent reused = RejectedEvent.of(RejectedRecords.of("3-42", "id_reused", KEY, add(3, "order-7")));

        // then
        assertThat(new ReplayFilter(null, CounterName.of("shop", "sold")).matches(reused))
                .isTrue();
        assertThat(new ReplayFilter(null, CounterName.of("shop", "bought")).matches(reused))
                .isFalse();
        assertThat(new ReplayFilter(Rejection.OVERFLOW, null).matches(reused)).isFalse();
        assertThat(new ReplayFilter(null, null).allows(reused)).isFalse();
        assertThat(new ReplayFilter(Rejection.ID_REUSED, null).allows(reused)).isTrue();
    }

    @Test
    void shouldLeaveWhatCountingWouldRejectAgain() {
        assertThat(why(decide(rules, "0-1", "bad_key", "no-slash", add(1, null))))
                .contains("the key is not");
        assertThat(why(decide(rules, "0-1", "bad_key", null, add(1, null)))).contains("the key is not");
        assertThat(why(decide(rules, "0-1", "undecodable", KEY, new byte[] {1, 2})))
                .isNotBlank();
        assertThat(why(decide(rules, "0-1", "undecodable", KEY, null))).isEqualTo("the record has no value");
        assertThat(why(decide(rules, "0-1", "undecodable", KEY, add(1, "")))).startsWith("id: 0 bytes");
        assertThat(why(decide(rules, "0-1", "too_large", KEY, add(1, "x".repeat(140)))))
                .startsWith("id: 140 bytes");
        assertThat(why(decide(rules, "0-1", "wrong_partition", KEY, new byte[] {1, 2})))
                .isNotBlank();
    }

    @Test
    void shouldLeaveAnEventAtWhichCountingWouldStop() {
        // given
        byte[] value = add(1, null);
        value[OPERATION_AT] = 0; // the symbol UNKNOWN, as which the operations of a newer writer are read

        // then
        assertThat(why(decide(rules, "0-1", "undecodable", KEY, value))).contains("upgrade");
    }

    @Test
    void shouldLeaveWhatNoCountingWrote() {
        assertThat(why(decide(rules, "x-1", "overflow", KEY, add(1, null)))).contains("tally.partition");
        assertThat(why(decide(rules, "0-99999999999999999999", "overflow", KEY, add(1, null))))
                .contains("tally.offset");
        assertThat(why(decide(rules, "0-1", "of_the_future", KEY, add(1, null))))
                .contains("does not know the reason");
    }

    @Test
    void shouldLeaveAnEventThatTheTopicWouldNotTake() {
        // given
        ConsumerRecord<byte[], byte[]> record = RejectedRecords.of("0-1", "overflow", KEY, add(1, null));
        record.headers().add("large", new byte[ReplayRules.EVENT_BYTES_MAX]);

        // then
        assertThat(why(rules.decide(RejectedEvent.of(record)))).contains("bytes with its headers");
    }

    private static ReplayDecision decide(
            ReplayRules rules, String origin, String reason, @Nullable String key, byte @Nullable [] value) {
        return rules.decide(RejectedEvent.of(RejectedRecords.of(origin, reason, key, value)));
    }

    private static Append append(ReplayDecision decision) {
        assertThat(decision).isInstanceOf(Append.class);
        return (Append) decision;
    }

    private static String why(ReplayDecision decision) {
        assertThat(decision).isInstanceOf(Leave.class);
        return ((Leave) decision).why();
    }

    private static String read(Append append) {
        EventDecoder event = EventDecoder.released();
        assertThat(event.decode(append.value())).isTrue();
        Operation operation = event.operation();
        return operation + " " + event.value() + " " + event.id() + " " + event.occurredAtMillis() + " "
                + event.source();
    }
}
