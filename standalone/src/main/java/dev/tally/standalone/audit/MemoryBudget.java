package dev.tally.standalone.audit;

/** Estimates the heap that the counters and IDs of a bucket take. */
final class MemoryBudget {
    private static final int COUNTER_BYTES = 250;
    private static final int ID_BYTES = 220;

    private final long bytesMax;
    private long bytes;

    MemoryBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void addCounter(byte[] key) {
        bytes += COUNTER_BYTES + key.length;
    }

    void addId(String id) {
        bytes += ID_BYTES + id.length();
    }

    void removeId(String id) {
        bytes -= ID_BYTES + id.length();
    }

    boolean isExceeded() {
        return bytes > bytesMax;
    }
}
