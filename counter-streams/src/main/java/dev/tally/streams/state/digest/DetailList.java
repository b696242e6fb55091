package dev.tally.streams.state.digest;

import dev.tally.schemas.read.Step;
import dev.tally.streams.state.counter.CounterSnapshot;
import dev.tally.streams.state.digest.CounterDetails.CounterDetail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the first of the counters in some buckets, with digests of their histories. For one thread. */
final class DetailList {
    private final DigestRequest request;
    private final Map<Long, Detail> byId = new LinkedHashMap<>();
    private boolean complete = true;

    private record Detail(String key, CounterSnapshot counter, Sum128 minutes, Sum128 hours, Sum128 days) {
        Sum128 of(Step step) {
            return switch (step) {
                case MINUTE -> minutes;
                case HOUR -> hours;
                case DAY -> days;
            };
        }
    }

    DetailList(DigestRequest request) {
        this.request = request;
    }

    /** Called for each digested counter, in the order of their keys. */
    void counter(KeyHash hash, byte[] key, CounterSnapshot counter) {
        if (!isRequested(hash)) {
            return;
        }
        if (byId.size() >= request.detailsMax()) {
            complete = false;
            return;
        }
        String name = new String(key, StandardCharsets.UTF_8);
        byId.put(hash.id(), new Detail(name, counter, new Sum128(), new Sum128(), new Sum128()));
    }

    /** The sum of the counter's history, to which a part of a bucket is to be added; null if it is not listed. */
    @Nullable
    Sum128 history(KeyHash hash, Step step) {
        Detail detail = isRequested(hash) ? byId.get(hash.id()) : null;
        return detail == null ? null : detail.of(step);
    }

    private boolean isRequested(KeyHash hash) {
        return !request.details().isEmpty() && request.details().contains(hash.bucket(request.within()));
    }

    CounterDetails details() {
        List<CounterDetail> details = new ArrayList<>();
        for (Detail each : byId.values()) {
            details.add(new CounterDetail(each.key, text(each)));
        }
        return new CounterDetails(details, complete);
    }

    private static String text(Detail detail) {
        CounterSnapshot counter = detail.counter;
        return (counter.exists() ? "total " + counter.total() : "deleted, total " + counter.total())
                + ", adds " + counter.adds()
                + ", sets " + counter.sets()
                + ", duplicates " + counter.duplicates()
                + ", deletes " + counter.deletes()
                + ", first " + point(counter.firstOffset(), counter.firstTime())
                + ", last " + point(counter.lastOffset(), counter.lastTime())
                + ", minutes " + detail.minutes
                + ", hours " + detail.hours
                + ", days " + detail.days;
    }

    private static String point(long offset, long time) {
        return offset + " at " + Instant.ofEpochMilli(time);
    }
}
