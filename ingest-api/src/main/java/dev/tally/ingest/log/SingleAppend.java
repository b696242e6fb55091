package dev.tally.ingest.log;

import dev.tally.schemas.read.Receipt;
import java.util.List;

/** The append of one event. */
final class SingleAppend extends Append {
    private int partition;
    private long offset;

    SingleAppend(AppendAccounting accounting, ProducerSession session, AppendListener listener, long bytes) {
        super(accounting, session, listener, 1, bytes);
    }

    @Override
    void recorded(int partition, long offset) {
        this.partition = partition;
        this.offset = offset;
    }

    @Override
    List<Receipt> receipts() {
        return List.of(new Receipt(partition, offset));
    }
}
