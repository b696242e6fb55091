package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Utf8Order;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A query for counters of one namespace.
 *
 * @param prefix the prefix of their names; empty for all
 * @param beyond the name after which the page begins, in UTF-8 order; null to begin with the first
 * @param limit the maximum number of counters, from 1 to {@link #LIMIT_MAX}
 */
public record PageQuery(
        String namespace,
        Order order,
        String prefix,
        @Nullable String beyond,
        int limit) {
    public static final int LIMIT_MAX = 1_000;

    public enum Order implements Comparator<CounterPage.Entry> {
        /** By name, in UTF-8 order. */
        NAME,
        /** By total, largest first, equal totals by name. Requires an empty prefix and a null {@code beyond}. */
        TOTAL;

        @Override
        public int compare(CounterPage.Entry one, CounterPage.Entry other) {
            int byTotal = this == TOTAL ? Long.compare(other.total(), one.total()) : 0;
            return byTotal != 0 ? byTotal : Utf8Order.INSTANCE.compare(one.counter(), other.counter());
        }
    }

    public PageQuery {
        boolean valid = CounterName.isNamespace(namespace)
                && CounterName.isPrefix(prefix)
                && (beyond == null || CounterName.isPrefix(beyond) || CounterName.isStored(beyond))
                && limit >= 1
                && limit <= LIMIT_MAX
                && (order == Order.NAME || (prefix.isEmpty() && beyond == null));
        if (!valid) {
            throw new IllegalArgumentException("not a page: " + namespace + ", " + order + ", " + limit);
        }
    }

    public static PageQuery byName(String namespace, String prefix, @Nullable String beyond, int limit) {
        return new PageQuery(namespace, Order.NAME, prefix, beyond, limit);
    }

    public static PageQuery byTotal(String namespace, int limit) {
        return new PageQuery(namespace, Order.TOTAL, "", null, limit);
    }

    /** Whether a page is a valid answer: at most {@code limit} counters, only requested ones, in the requested order. */
    public boolean fits(CounterPage page) {
        if (page.counters().size() > limit || (order == Order.TOTAL && page.upTo() != null)) {
            return false;
        }
        CounterPage.Entry before = null;
        for (CounterPage.Entry entry : page.counters()) {
            boolean ascends = before == null || order.compare(before, entry) < 0;
            if (!ascends || !isAskedFor(entry.counter())) {
                return false;
            }
            before = entry;
        }
        String upTo = page.upTo();
        return upTo == null
                || (isAskedFor(upTo) && (before == null || Utf8Order.INSTANCE.compare(before.counter(), upTo) <= 0));
    }

    private boolean isAskedFor(String counter) {
        return CounterName.isStored(counter)
                && counter.startsWith(prefix)
                && (beyond == null || Utf8Order.INSTANCE.compare(counter, beyond) > 0);
    }
}
