package dev.tally.system.load;

import static org.awaitility.Awaitility.await;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Receipt;
import dev.tally.system.client.Api;
import dev.tally.system.client.CounterRead;
import dev.tally.system.log.LogModel;
import dev.tally.system.log.LoggedEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Reads from a system that has applied the whole log. */
public final class Settled {
    private static final Duration WAIT_MAX = Duration.ofSeconds(120);

    private final Api api;
    private final Map<Integer, Long> last = new HashMap<>();
    private final LogModel log;

    public Settled(Api api, LogModel log) {
        this.api = api;
        this.log = log;
        for (LoggedEvent event : log.events()) {
            last.merge(event.partition(), event.offset(), Math::max);
        }
    }

    /** One read of each counter, made when its partition was applied to the end of the log. */
    public List<CounterRead> reads(List<CounterName> counters) {
        return counters.stream().map(this::read).toList();
    }

    public CounterRead read(CounterName counter) {
        long end = last.getOrDefault(log.partitionOf(counter), -1L);
        AtomicReference<CounterRead> read = new AtomicReference<>(readOnce(counter));
        if (isAt(end, read.get())) {
            return read.get(); // the common case: a wait costs a thread and its first poll interval
        }
        await("a read of " + counter + " at " + end)
                .atMost(WAIT_MAX)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    read.set(readOnce(counter));
                    return isAt(end, read.get());
                });
        return read.get();
    }

    private static boolean isAt(long end, CounterRead read) {
        Receipt receipt = read.receipt();
        return (read.isFound() || read.isUnknown()) && (end < 0 || (receipt != null && receipt.offset() >= end));
    }

    private CounterRead readOnce(CounterName counter) {
        try {
            return api.read(counter);
        } catch (IOException e) {
            throw new AssertionError("no answer for " + counter, e);
        }
    }
}
