package dev.tally.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.name.Placement;
import dev.tally.schemas.read.Receipt;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the live state page by page, and writes what it claims to one file for each partition. */
final class Claims implements Closeable {
    private final LiveState live;
    private final AuditProgress progress;
    private final List<BucketWriter> partitions = new ArrayList<>();

    Claims(LiveState live, int partitions, SpillDirectory directory, AuditProgress progress) {
        this.live = live;
        this.progress = progress;
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new BucketWriter(directory.newFile()));
        }
    }

    /** The claims about the counters of a partition. */
    Path of(int partition) {
        return partitions.get(partition).path();
    }

    PageRanges read(String namespace) throws InterruptedException {
        PageRanges ranges = new PageRanges();
        byte[] before = {};
        String cursor = null;
        do {
            LivePage page = live.page(namespace, cursor);
            long[] exactUpTo = exactUpTo(page);
            byte[] first = null;
            for (LivePage.Counter counter : page.counters()) {
                byte[] name = counter.name().getBytes(UTF_8);
                if (Arrays.compareUnsigned(before, name) >= 0) {
                    throw new AuditFailedException("The list of " + namespace + " is not in order: " + counter.name()
                            + " follows " + new String(before, UTF_8));
                }
                first = first == null ? name : first;
                before = name;
                write(namespace, name, counter.value(), exactUpTo);
            }
            ranges.add(first, first == null ? null : before, exactUpTo);
            progress.advance(page.counters().size());
            if (cursor != null && cursor.equals(page.next())) {
                throw new AuditFailedException(
                        "The list of " + namespace + " does not end: a page has its own cursor as next");
            }
            cursor = page.next();
        } while (cursor != null);
        return ranges;
    }

    private long[] exactUpTo(LivePage page) {
        if (page.asOf().partitionMax() >= partitions.size()) {
            throw new AuditFailedException(
                    "The state has partition " + page.asOf().partitionMax()
                            + ", and tally.events has " + partitions.size()
                            + " partitions: do TALLY_QUERY_URL and TALLY_KAFKA_BOOTSTRAP_SERVERS belong to one Tally?");
        }
        long[] offsets = new long[partitions.size()];
        for (int i = 0; i < offsets.length; i++) {
            Receipt receipt = page.asOf().of(i);
            offsets[i] = receipt == null ? PageRanges.NOTHING : receipt.offset();
        }
        return offsets;
    }

    private void write(String namespace, byte[] name, CounterValue value, long[] exactUpTo) {
        byte[] start = (namespace + "/").getBytes(UTF_8);
        byte[] key = Arrays.copyOf(start, start.length + name.length);
        System.arraycopy(name, 0, key, start.length, name.length);
        int partition = Placement.partition(key, partitions.size());
        partitions.get(partition).write(new BucketEntry.Claim(key, value, exactUpTo[partition]));
    }

    @Override
    public void close() {
        partitions.forEach(BucketWriter::close);
    }
}
