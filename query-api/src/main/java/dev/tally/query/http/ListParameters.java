package dev.tally.query.http;

import dev.tally.query.list.Cursor;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.PageQuery;
import dev.tally.service.http.problem.ProblemException;
import dev.tally.service.http.target.QueryParameters;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The counters of a namespace that a client asks for. */
final class ListParameters {
    static final String[] NAMES = {"prefix", "limit", "cursor", "sort"};

    private static final int LIMIT_DEFAULT = 100;
    private static final int TOP_LIMIT_DEFAULT = 10;
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,3}");
    private static final String LARGEST_FIRST = "-total";
    private static final String CURSOR = "the value of next in an earlier answer, with the same prefix";

    private ListParameters() {}

    /** @throws ProblemException {@code invalid_parameter} */
    static PageQuery page(String namespace, QueryParameters query) {
        String sort = query.get("sort");
        String limit = query.get("limit");
        String prefix = query.get("prefix");
        String cursor = query.get("cursor");
        if (sort == null) {
            String begin = prefix(prefix);
            return PageQuery.byName(namespace, begin, beyond(cursor, begin), limit(limit, LIMIT_DEFAULT));
        } else if (!sort.equals(LARGEST_FIRST)) {
            throw InvalidParameter.of("sort", sort, LARGEST_FIRST);
        } else if (prefix != null) {
            throw InvalidParameter.of("prefix", prefix, "none with sort");
        } else if (cursor != null) {
            throw InvalidParameter.of("cursor", cursor, "none with sort");
        }
        return PageQuery.byTotal(namespace, limit(limit, TOP_LIMIT_DEFAULT));
    }

    private static String prefix(@Nullable String prefix) {
        if (prefix == null) {
            return "";
        } else if (!CounterName.isPrefix(prefix)) {
            throw InvalidParameter.of("prefix", prefix, CounterName.PREFIX_EXPECTED);
        }
        return prefix;
    }

    private static @Nullable String beyond(@Nullable String cursor, String prefix) {
        if (cursor == null) {
            return null;
        }
        String beyond = Cursor.parse(cursor);
        if (beyond == null || !beyond.startsWith(prefix)) {
            throw InvalidParameter.of("cursor", cursor, CURSOR);
        }
        return beyond;
    }

    private static int limit(@Nullable String limit, int byDefault) {
        if (limit == null) {
            return byDefault;
        }
        int asked = LIMIT.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (asked < 1 || asked > PageQuery.LIMIT_MAX) {
            throw InvalidParameter.of("limit", limit, "a whole number from 1 to " + PageQuery.LIMIT_MAX);
        }
        return asked;
    }
}
