package dev.tally.schemas.read;

import dev.tally.schemas.name.CounterName;
import org.jspecify.annotations.Nullable;

/**
 * Which counters of one namespace are asked for.
 *
 * @param prefix what their names begin with; empty for all
 * @param beyond the name after which to begin, in the order of UTF-8; null to begin with the first
 * @param limit how many at most, from 1 to {@link #LIMIT_MAX}
 */
public record PageQuery(
        String namespace,
        Order order,
        String prefix,
        @Nullable String beyond,
        int limit) {
    public static final int LIMIT_MAX = 1_000;

    public enum Order {
        /** By name, in the order of UTF-8. */
        NAME,
        /** The largest totals first, and equal ones by name. Without a prefix and from the first. */
        TOTAL
    }

    public PageQuery {
        boolean valid = CounterName.isNamespace(namespace)
                && CounterName.isPrefix(prefix)
                && (beyond == null || CounterName.isPrefix(beyond))
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
}
