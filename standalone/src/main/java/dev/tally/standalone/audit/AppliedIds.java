package dev.tally.standalone.audit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The IDs of a bucket that were applied within the deduplication window, in stream time. */
final class AppliedIds {
    /** @param counter the number of the counter within the bucket */
    private record Id(int counter, String id) {}

    private final long windowMillis;
    private final MemoryBudget memory;
    /** The stream time at which each ID was last applied, oldest first: the stream time of a partition never decreases. */
    private final Map<Id, Long> applied = new LinkedHashMap<>();

    AppliedIds(long windowMillis, MemoryBudget memory) {
        this.windowMillis = windowMillis;
        this.memory = memory;
    }

    /** Whether the ID was applied to the counter at most the window before {@code streamTime}. */
    boolean isApplied(int counter, String id, long streamTime) {
        removeExpired(streamTime);
        return applied.containsKey(new Id(counter, id));
    }

    /** Remembers an ID for which {@link #isApplied} is false. */
    void remember(int counter, String id, long streamTime) {
        applied.put(new Id(counter, id), streamTime);
        memory.addId(id);
    }

    private void removeExpired(long streamTime) {
        Iterator<Map.Entry<Id, Long>> oldest = applied.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Id, Long> each = oldest.next();
            if (streamTime - each.getValue() <= windowMillis) {
                return;
            }
            memory.removeId(each.getKey().id());
            oldest.remove();
        }
    }
}
