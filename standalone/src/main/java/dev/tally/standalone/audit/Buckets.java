package dev.tally.standalone.audit;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Distributes entries to files by counter, so that one file after the other can be counted. Each file keeps the order. */
final class Buckets implements Closeable {
    /** The maximum depth at which a bucket can be split once more: each level uses other bits of the hash. */
    static final int LEVEL_MAX = 5;

    private static final int BITS = 5;
    private static final int COUNT = 1 << BITS;
    private static final int MIX = 0x9E3779B9;

    private final List<BucketWriter> writers = new ArrayList<>(COUNT);
    private final int shift;

    /** @param level 0 for the buckets of a partition, 1 for those of one of them, and so on */
    Buckets(SpillDirectory directory, int level) {
        shift = Integer.SIZE - BITS * (level + 1);
        for (int i = 0; i < COUNT; i++) {
            writers.add(new BucketWriter(directory.newFile()));
        }
    }

    void add(BucketEntry entry) {
        int hash = Arrays.hashCode(entry.key()) * MIX;
        writers.get((hash >>> shift) & (COUNT - 1)).write(entry);
    }

    void addAll(Path bucket) {
        try (BucketReader reader = new BucketReader(bucket)) {
            for (BucketEntry entry = reader.next(); entry != null; entry = reader.next()) {
                add(entry);
            }
        }
    }

    List<Path> paths() {
        return writers.stream().map(BucketWriter::path).toList();
    }

    @Override
    public void close() {
        writers.forEach(BucketWriter::close);
    }
}
