package dev.tally.ingest.log;

import dev.tally.ingest.event.Hit;
import dev.tally.schemas.name.CounterName;
import java.util.List;
import java.util.stream.IntStream;

final class Hits {
    static final long OCCURRED_AT = 1_790_000_000_000L;

    private Hits() {}

    static Hit hit(String counter) {
        return new Hit(CounterName.of("test", counter), 1, null, OCCURRED_AT, null);
    }

    /** Events of {@code count} counters, one each. The counters spread over the partitions. */
    static List<Hit> hits(int count) {
        return IntStream.range(0, count).mapToObj(i -> hit("c" + i)).toList();
    }
}
