package dev.tally.streams.state.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.Operation;
import dev.tally.schemas.read.EventContent;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdGroupTest {
    private static final byte[] COUNTER = "shop/cart".getBytes();
    private static final EventContent ADD_1 = new EventContent(Operation.ADD, 1);

    @Test
    void shouldReadBackAnIdWithTheContentThatAppliedIt() {
        for (Operation operation : List.of(Operation.ADD, Operation.SET, Operation.DELETE)) {
            for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
                // given
                IdGroup group = IdGroup.empty(7);
                EventContent content = new EventContent(operation, value);

                // when
                group.add(COUNTER, id("first"), ADD_1, 3, 900);
                group.add(COUNTER, id("a"), content, Long.MAX_VALUE, 1_000);

                // then
                IdGroup read = IdGroup.read(7, group.value());
                assertThat(List.of(group.find(COUNTER, id("a")), read.find(COUNTER, id("a"))))
                        .containsOnly(new RememberedId(Long.MAX_VALUE, 1_000, content));
                assertThat(read.find(COUNTER, id("first"))).isEqualTo(new RememberedId(3, 900, ADD_1));
                assertThat(read.lastTime()).isEqualTo(1_000);
                assertThat(read.ids()).isEqualTo(2);
                assertThat(read.value()).isEqualTo(group.value());
            }
        }
    }

    @Test
    void shouldFindTheLatestOfOneCounterOnly() {
        // given
        IdGroup group = IdGroup.empty(0);

        // when
        group.add(COUNTER, id("a"), ADD_1, 1, 1_000);
        group.add(COUNTER, id("a"), ADD_1, 2, 9_000);
        group.add("shop/carta".getBytes(), id("b"), ADD_1, 3, 9_000);

        // then
        assertThat(group.find(COUNTER, id("a")).offset()).isEqualTo(2);
        assertThat(group.find(COUNTER, id("b"))).isNull();
        assertThat(group.find(COUNTER, id("ab"))).isNull();
        assertThat(group.find("shop/carta".getBytes(), id("b")).offset()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAnIdWhenTheGroupIsFull() {
        // given
        IdGroup group = IdGroup.empty(0);

        // when
        int added = 0;
        while (group.add(COUNTER, id("id-" + added), ADD_1, added, 1_000)) {
            added++;
        }

        // then
        assertThat(group.ids()).isEqualTo(added).isGreaterThan(100);
        assertThat(group.value().length).isLessThanOrEqualTo(IdGroup.BYTES_MAX);
        assertThat(group.find(COUNTER, id("id-" + added))).isNull();
        assertThat(group.find(COUNTER, id("id-" + (added - 1))).offset()).isEqualTo(added - 1);
    }

    private static byte[] id(String id) {
        return id.getBytes();
    }
}
