package dev.tally.protocol;

import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.PageQuery.Order;
import dev.tally.schemas.read.Step;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes and parses {@link PageQuery}, without its namespace, and {@link HistoryRange} as URL queries. */
final class PageQueryText {
    private static final String ORDER = "order";
    private static final String PREFIX = "prefix";
    private static final String BEYOND = "beyond";
    private static final String LIMIT = "limit";
    private static final String BY_TOTAL = "total";
    private static final String BY_NAME = "name";
    private static final String STEP = "step";
    private static final String FROM = "from";
    private static final String TO = "to";

    static final List<String> PAGE_PARAMETERS = List.of(ORDER, PREFIX, BEYOND, LIMIT);
    static final List<String> RANGE_PARAMETERS = List.of(STEP, FROM, TO);

    private PageQueryText() {}

    /** The parameters including the question mark. */
    static String write(PageQuery page) {
        StringBuilder text = new StringBuilder();
        ReadQueryText.add(text, ORDER, page.order() == Order.TOTAL ? BY_TOTAL : BY_NAME);
        ReadQueryText.add(text, LIMIT, Integer.toString(page.limit()));
        if (!page.prefix().isEmpty()) {
            ReadQueryText.add(text, PREFIX, page.prefix());
        }
        String beyond = page.beyond();
        if (beyond != null) {
            ReadQueryText.add(text, BEYOND, beyond);
        }
        return text.toString();
    }

    static PageQuery page(String namespace, Function<String, @Nullable String> parameters) {
        String order = required(parameters, ORDER);
        String prefix = parameters.apply(PREFIX);
        if (!order.equals(BY_TOTAL) && !order.equals(BY_NAME)) {
            throw new IllegalArgumentException("order: not of the protocol");
        }
        return new PageQuery(
                namespace,
                order.equals(BY_TOTAL) ? Order.TOTAL : Order.NAME,
                prefix == null ? "" : prefix,
                parameters.apply(BEYOND),
                Integer.parseInt(required(parameters, LIMIT)));
    }

    /** The parameters including the question mark. */
    static String write(HistoryRange range) {
        StringBuilder text = new StringBuilder();
        ReadQueryText.add(text, STEP, range.step().word());
        ReadQueryText.add(text, FROM, Long.toString(range.from()));
        ReadQueryText.add(text, TO, Long.toString(range.to()));
        return text.toString();
    }

    static HistoryRange range(Function<String, @Nullable String> parameters) {
        Step step = Step.ofWord(required(parameters, STEP));
        if (step == null) {
            throw new IllegalArgumentException("step: not of the protocol");
        }
        return new HistoryRange(
                step, Long.parseLong(required(parameters, FROM)), Long.parseLong(required(parameters, TO)));
    }

    private static String required(Function<String, @Nullable String> parameters, String name) {
        String value = parameters.apply(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": not given");
        }
        return value;
    }
}
