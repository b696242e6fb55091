package dev.tally.standalone.audit;

import dev.tally.schemas.name.Placement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in memory. */
final class MemoryLog implements EventLog {
    record Entry(long appendTime, byte @Nullable [] key, byte @Nullable [] value) {}

    final List<List<Entry>> partitions = new ArrayList<>();
    final List<byte[]> totals = new ArrayList<>();
    /** The first offset that is not deleted, of every partition. */
    long start;

    MemoryLog(int partitions) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
        }
    }

    /** Appends to the partition of the key; returns the offset. */
    long append(long appendTime, byte[] key, byte @Nullable [] value) {
        return append(Placement.partition(key, partitions.size()), appendTime, key, value);
    }

    long append(int partition, long appendTime, byte @Nullable [] key, byte @Nullable [] value) {
        partitions.get(partition).add(new Entry(appendTime, key, value));
        return partitions.get(partition).size() - 1;
    }

    @Override
    public int partitions() {
        return partitions.size();
    }

    @Override
    public long start(int partition) {
        return start;
    }

    @Override
    public long end(int partition) {
        return partitions.get(partition).size();
    }

    @Override
    public void read(int partition, long last, Visitor visitor) {
        for (int offset = 0; offset <= last; offset++) {
            Entry entry = partitions.get(partition).get(offset);
            visitor.visit(offset, entry.appendTime(), entry.key(), entry.value());
        }
    }

    @Override
    public void readTotals(Visitor visitor) {
        totals.forEach(key -> visitor.visit(0, 0, key, null));
    }

    @Override
    public void close() {}
}
