package dev.tally.query.list;

import dev.tally.schemas.name.Utf8Order;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.PageQuery.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges the pages of all partitions.
 *
 * @param beyond the name after which the list continues; null if it ends here
 */
public record MergedList(
        List<CounterPage.Entry> counters, @Nullable String beyond) {
    /** The remainder of a partition's page. */
    private record Rest(CounterPage.Entry first, Iterator<CounterPage.Entry> others) {}

    /** @param pages the pages of all partitions, each of which answers the query */
    public static MergedList of(PageQuery query, List<CounterPage> pages) {
        return query.order() == Order.TOTAL ? largest(query.limit(), pages) : byName(query.limit(), pages);
    }

    private static MergedList largest(int limit, List<CounterPage> pages) {
        PriorityQueue<Rest> rests = rests(Order.TOTAL, pages);
        List<CounterPage.Entry> counters = new ArrayList<>();
        while (counters.size() < limit && !rests.isEmpty()) {
            counters.add(take(rests));
        }
        return new MergedList(counters, null);
    }

    private static MergedList byName(int limit, List<CounterPage> pages) {
        String bound = bound(pages);
        PriorityQueue<Rest> rests = rests(Order.NAME, pages);
        List<CounterPage.Entry> counters = new ArrayList<>();
        while (isComplete(rests.peek(), bound)) {
            if (counters.size() == limit) {
                return new MergedList(counters, counters.get(limit - 1).counter());
            }
            counters.add(take(rests));
        }
        return new MergedList(counters, bound);
    }

    /** The name up to which every partition has returned all its counters; null if all partitions are complete. */
    private static @Nullable String bound(List<CounterPage> pages) {
        String least = null;
        for (CounterPage page : pages) {
            String upTo = page.upTo();
            if (upTo != null && (least == null || Utf8Order.INSTANCE.compare(upTo, least) < 0)) {
                least = upTo;
            }
        }
        return least;
    }

    private static boolean isComplete(@Nullable Rest rest, @Nullable String bound) {
        return rest != null
                && (bound == null || Utf8Order.INSTANCE.compare(rest.first().counter(), bound) <= 0);
    }

    private static PriorityQueue<Rest> rests(Order order, List<CounterPage> pages) {
        PriorityQueue<Rest> rests = new PriorityQueue<>(Comparator.comparing(Rest::first, order));
        for (CounterPage page : pages) {
            add(page.counters().iterator(), rests);
        }
        return rests;
    }

    private static CounterPage.Entry take(PriorityQueue<Rest> rests) {
        Rest next = rests.remove();
        add(next.others(), rests);
        return next.first();
    }

    private static void add(Iterator<CounterPage.Entry> entries, PriorityQueue<Rest> rests) {
        if (entries.hasNext()) {
            rests.add(new Rest(entries.next(), entries));
        }
    }
}
