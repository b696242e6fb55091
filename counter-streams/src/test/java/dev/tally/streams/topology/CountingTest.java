package dev.tally.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.Operation;
import dev.tally.schemas.wire.TotalEncoder;
import dev.tally.streams.state.flush.FlushSchedulers;
import dev.tally.streams.state.log.LogCheck;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.store.CounterStoreBuilder;
import dev.tally.streams.state.store.StateLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountingTest {
    private final CountingDriver counting = new CountingDriver();

    @AfterEach
    void close() {
        counting.close();
    }

    @Test
    void shouldAddUpTheDeltasOfEachCounter() {
        // when
        counting.send("shop/cart", Operation.ADD, 3);
        counting.send("shop/cart", Operation.ADD, -5);
        counting.send("shop/other", Operation.ADD, 0);

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(-2);
        assertThat(counting.total("shop/other")).isZero();
        assertThat(counting.counter("shop/never")).isNull();
    }

    @Test
    void shouldReplaceTheTotalWhenSet() {
        // when
        counting.send("shop/cart", Operation.ADD, 3);
        counting.send("shop/cart", Operation.SET, 100);
        counting.send("shop/cart", Operation.ADD, 1);
        counting.send("shop/fresh", Operation.SET, -7);

        // then
        assertThat(counting.total("shop/cart")).isEqualTo(101);
        assertThat(counting.total("shop/fresh")).isEqualTo(-7);
    }

    @Test
    void shouldStartFromZeroWhenChangedAfterADelete() {
        // when
        counting.send("shop/cart", Operation.ADD, 3);
        counting.send("shop/cart", Operation.DELETE, 0);

        // then
        assertThat(counting.counter("shop/cart")).satisfies(counter -> {
            assertThat(counter.exists()).isFalse();
            assertThat(counter.lastOffset()).isEqualTo(1);
        });

        // when
        counting.send("shop/cart", Operation.ADD, 4);

        // then
        assertThat(counting.counter("shop/cart")).satisfies(counter -> {
            assertThat(counter.total()).isEqualTo(4);
            assertThat(counter.adds()).isEqualTo(1);
            assertThat(counter.firstOffset()).isEqualTo(2);
        });
    }

    @Test
    void shouldChangeNothingWhenAnUnknownCounterIsDeleted() {
        // when
        counting.send("shop/never", Operation.DELETE, 0);

        // then
        assertThat(counting.counter("shop/never")).isNull();
        assertThat(counting.position().offset()).isZero();
        assertThat(counting.feed()).isEmpty();
    }

    @Test
    void shouldMarkEveryRecordWhenItIsRejectedToo() {
        // when
        counting.send("shop/cart", Operation.ADD, 3);
        counting.sendBytes("shop/cart".getBytes(), new byte[] {1, 2, 3});

        // then
        assertThat(counting.position().offset()).isEqualTo(1);
        assertThat(counting.counter("shop/cart").lastOffset()).isZero();
    }

    @Test
    void shouldNotDecreaseStreamTimeWhenAppendTimesDecrease() {
        // when
        counting.sendAt(5_000, "shop/cart", Operation.ADD, 1);
        counting.sendAt(4_000, "shop/cart", Operation.ADD, 1);

        // then
        assertThat(counting.position().streamTime()).isEqualTo(5_000);
        assertThat(counting.counter("shop/cart").lastTime()).isEqualTo(5_000);
    }

    @Test
    void shouldRejectAndChangeNothingWhenTheTotalWouldOverflow() {
        // given
        counting.send("shop/up", Operation.SET, Long.MAX_VALUE);
        counting.send("shop/down", Operation.SET, Long.MIN_VALUE);

        // when
        counting.send("shop/up", Operation.ADD, 1);
        counting.send("shop/down", Operation.ADD, -1);

        // then
        assertThat(counting.total("shop/up")).isEqualTo(Long.MAX_VALUE);
        assertThat(counting.total("shop/down")).isEqualTo(Long.MIN_VALUE);
        assertThat(counting.rejected())
                .extracting(CountingDriver.Rejected::reason, CountingDriver.Rejected::detail)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "overflow", "the total 9223372036854775807 and the delta 1 add up beyond 64 bits"),
                        org.assertj.core.groups.Tuple.tuple(
                                "overflow", "the total -9223372036854775808 and the delta -1 add up beyond 64 bits"));
    }

    @Test
    void shouldRejectWithTheOriginalBytesWhenARecordIsPoison() {
        // given
        byte[] event = CountingDriver.event(Operation.ADD, 1);
        byte[] unknownId = event.clone();
        unknownId[1] = 0x01;

        // when
        counting.sendBytes("shop/cart".getBytes(), "no magic byte".getBytes());
        counting.sendBytes("shop/cart".getBytes(), unknownId);
        counting.sendBytes("shop/cart".getBytes(), null);
        counting.sendBytes(null, event);
        counting.sendBytes("no slash".getBytes(), event);
        counting.sendBytes(new byte[] {'a', '/', (byte) 0xC3}, event);

        // then
        assertThat(counting.rejected())
                .extracting(CountingDriver.Rejected::reason)
                .containsExactly("undecodable", "undecodable", "undecodable", "bad_key", "bad_key", "bad_key");
        assertThat(counting.rejected().get(0).value()).isEqualTo("no magic byte".getBytes());
        assertThat(counting.rejected().get(5).value()).isEqualTo(event);
        assertThat(counting.rejected())
                .extracting(CountingDriver.Rejected::origin)
                .containsExactly(
                        "tally.events/0/0",
                        "tally.events/0/1",
                        "tally.events/0/2",
                        "tally.events/0/3",
                        "tally.events/0/4",
                        "tally.events/0/5");
        assertThat(counting.metrics().rejected(Rejection.BAD_KEY)).isEqualTo(3);
        assertThat(counting.metrics().rejected(Rejection.UNDECODABLE)).isEqualTo(3);
    }

    @Test
    void shouldKeepTheHeadersOfWhatItRejects() {
        // when
        counting.sendBytes("shop/cart".getBytes(), "no magic byte".getBytes(), "tally.request-id", "till-3.4711");

        // then
        assertThat(counting.rejected()).singleElement().satisfies(rejected -> {
            assertThat(rejected.reason()).isEqualTo("undecodable");
            assertThat(rejected.requestId()).isEqualTo("till-3.4711");
        });
    }

    @Test
    void shouldNameAndNotRepeatARecordThatIsTooLargeForTheRejectedEvents() {
        // given
        byte[] key = "shop/cart".getBytes();
        byte[] fits = new byte[Rejection.EVENT_BYTES_MAX - key.length];
        byte[] tooLarge = new byte[fits.length + 1];

        // when
        counting.sendBytes(key, fits);
        counting.sendBytes(key, tooLarge);
        counting.send("shop/cart", Operation.ADD, 3);

        // then
        assertThat(counting.rejected())
                .extracting(CountingDriver.Rejected::value)
                .containsExactly(fits, null);
        assertThat(counting.rejected().get(1).reason()).isEqualTo("undecodable");
        assertThat(counting.rejected().get(1).detail()).endsWith("the event's 8000001 bytes exceed the limit");
        assertThat(counting.rejected().get(1).origin()).isEqualTo("tally.events/0/1");
        assertThat(counting.total("shop/cart")).isEqualTo(3);
    }

    @Test
    void shouldRejectWhenTheKeyBelongsToAnotherPartition() {
        try (CountingDriver wide = new CountingDriver(12, 50_000)) {
            // given
            String elsewhere = CountingDriver.nameOnPartition(5, 12);
            String here = CountingDriver.nameOnPartition(0, 12);

            // when
            wide.send(elsewhere, Operation.ADD, 1);
            wide.send(here, Operation.ADD, 1);

            // then
            assertThat(wide.rejected()).singleElement().satisfies(rejected -> {
                assertThat(rejected.reason()).isEqualTo("wrong_partition");
                assertThat(rejected.detail()).isEqualTo("the key belongs to partition 5");
            });
            assertThat(wide.counter(elsewhere)).isNull();
            assertThat(wide.total(here)).isEqualTo(1);
        }
    }

    @Test
    void shouldStopWhenAnOperationIsUnknown() {
        // given
        byte[] event = CountingDriver.event(Operation.ADD, 1);
        event[CountingDriver.OPERATION_AT] = 0; // UNKNOWN is the first value of the enum

        // when / then
        assertThatThrownBy(() -> counting.sendBytes("shop/cart".getBytes(), event))
                .hasRootCauseInstanceOf(UnknownOperationException.class)
                .hasStackTraceContaining("upgrade counter-streams");
    }

    @Test
    void shouldFeedTheTotalThatChangedWhenTheStateIsWrittenOut() {
        // when (the driver commits after every record)
        counting.send("shop/cart", Operation.ADD, 3);
        counting.send("shop/cart", Operation.ADD, 4);
        counting.send("shop/gone", Operation.ADD, 1);
        counting.send("shop/gone", Operation.DELETE, 0);

        // then
        assertThat(counting.feed())
                .containsExactly("shop/cart=3@0", "shop/cart=7@1", "shop/gone=1@2", "shop/gone=deleted");
    }

    @Test
    void shouldKeepABoundedNumberOfCountersInMemoryAndAllOnDisk() {
        try (CountingDriver small = new CountingDriver(1, 100)) {
            // when
            for (int i = 0; i < 1_000; i++) {
                small.send("shop/c" + i, Operation.ADD, i);
            }

            // then
            assertThat(java.util.stream.IntStream.range(0, 1_000)
                            .filter(i -> small.isInMemory("shop/c" + i))
                            .count())
                    .isBetween(50L, 100L);
            for (int i = 0; i < 1_000; i++) {
                assertThat(small.total("shop/c" + i)).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldDescribeItsTopologyAsTheReadmeDoes() {
        // when
        CounterStoreBuilder store = new CounterStoreBuilder(
                CounterTopology.STORE,
                new ServingStores(),
                new FlushSchedulers(System::nanoTime, false),
                StateLimits.DEFAULT,
                CountingDriver.PARAMETERS,
                LogCheck.NONE);
        List<String> names = CounterTopology.build(
                        4, id -> null, TotalEncoder.released(), new CountingMetrics(), new Feeds(true), store)
                .describe()
                .toString()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();

        // then
        assertThat(names)
                .containsExactly(
                        "Topologies:",
                        "Sub-topology: 0",
                        "Source: events (topics: [tally.events])",
                        "--> count",
                        "Processor: count (stores: [counters])",
                        "--> rejected, totals",
                        "<-- events",
                        "Sink: rejected (topic: tally.events.rejected)",
                        "<-- count",
                        "Sink: totals (topic: tally.totals)",
                        "<-- count");
    }
}
