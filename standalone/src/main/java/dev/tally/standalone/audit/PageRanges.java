package dev.tally.standalone.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of names that the pages of one namespace cover, and the offsets up to which each page is exact. They determine at
 * which offset a counter must be missing that no page lists.
 *
 * <p>The end of a page's range is not known exactly: it is its last name or a later one before the first name of the next page,
 * because the cursor is opaque. A name in between belongs to one of both pages, and so a missing counter has several offsets of
 * which one is correct. A page without counters only adds one to them.
 *
 * <p>Memory: about 150 bytes for each page, and 8 bytes for each partition and page if events are counted meanwhile.
 */
final class PageRanges {
    /** The offset up to which a page is exact that reflects no event of the partition. */
    static final long NOTHING = -1;

    @SuppressWarnings("ArrayRecordComponent") // never changed, and not compared
    private record Listed(int page, byte[] first, byte[] last) {}

    private final List<long[]> offsets = new ArrayList<>();
    /** The pages with counters. */
    private final List<Listed> listed = new ArrayList<>();

    /**
     * Adds the next page.
     *
     * @param first the first name of the page in UTF-8; null if the page has no counters
     * @param last the last name of the page in UTF-8; null if the page has no counters
     * @param exactUpTo by partition, or {@link #NOTHING}
     */
    void add(byte @Nullable [] first, byte @Nullable [] last, long[] exactUpTo) {
        if (first != null && last != null) {
            listed.add(new Listed(offsets.size(), first, last));
        }
        boolean unchanged = !offsets.isEmpty() && Arrays.equals(offsets.get(offsets.size() - 1), exactUpTo);
        offsets.add(unchanged ? offsets.get(offsets.size() - 1) : exactUpTo);
    }

    /** The last offset of the partition that any page reflects. */
    long last(int partition) {
        return offsets.stream().mapToLong(page -> page[partition]).max().orElse(NOTHING);
    }

    /** The offsets, ascending, at one of which a counter with this name must not exist if no page lists it. */
    long[] missingAt(byte[] name, int partition) {
        int next = firstAfter(name);
        boolean inside = next > 0 && Arrays.compareUnsigned(listed.get(next - 1).last(), name) > 0;
        int from = next == 0 ? 0 : listed.get(next - 1).page();
        int to = inside ? from : next < listed.size() ? listed.get(next).page() : offsets.size() - 1;
        return LongStream.rangeClosed(from, to)
                .map(page -> offsets.get((int) page)[partition])
                .sorted()
                .distinct()
                .toArray();
    }

    /** The index in {@link #listed} of the first page whose first name is greater. */
    private int firstAfter(byte[] name) {
        int low = 0;
        int high = listed.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(listed.get(middle).first(), name) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
