package dev.tally.standalone.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The pages that the API returned, by namespace. */
final class NamespacePages {
    private final Map<String, PageRanges> pages = new HashMap<>();

    void put(String namespace, PageRanges ranges) {
        pages.put(namespace, ranges);
    }

    boolean has(String namespace) {
        return pages.containsKey(namespace);
    }

    /** The last offset of a partition that any page reflects. */
    long last(int partition) {
        return pages.values().stream()
                .mapToLong(ranges -> ranges.last(partition))
                .max()
                .orElse(PageRanges.NOTHING);
    }

    /** @param key of a counter of one of the namespaces */
    long[] missingAt(byte[] key, int partition) {
        int slash = 0;
        while (key[slash] != '/') {
            slash++;
        }
        PageRanges ranges = pages.get(new String(key, 0, slash, ISO_8859_1));
        if (ranges == null) {
            throw new IllegalArgumentException("A key of a namespace that is not audited");
        }
        return ranges.missingAt(Arrays.copyOfRange(key, slash + 1, key.length), partition);
    }
}
