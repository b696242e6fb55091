package dev.tally.ingest.log;

import dev.tally.schemas.read.Receipt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The append of many events. */
final class BatchAppend extends Append {
    private static final long NONE = -1;

    /** The highest offset of each partition so far. */
    private final long[] highest;

    BatchAppend(
            AppendAccounting accounting,
            ProducerSession session,
            AppendListener listener,
            int events,
            long bytes,
            int partitions) {
        super(accounting, session, listener, events, bytes);
        this.highest = new long[partitions];
        Arrays.fill(highest, NONE);
    }

    @Override
    void recorded(int partition, long offset) {
        highest[partition] = Math.max(highest[partition], offset);
    }

    @Override
    List<Receipt> receipts() {
        List<Receipt> receipts = new ArrayList<>(highest.length);
        for (int partition = 0; partition < highest.length; partition++) {
            if (highest[partition] != NONE) {
                receipts.add(new Receipt(partition, highest[partition]));
            }
        }
        return receipts;
    }
}
