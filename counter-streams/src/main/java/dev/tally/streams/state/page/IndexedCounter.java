package dev.tally.streams.state.page;

/** A counter as {@link TopIndex} needs it. For the stream thread. */
public interface IndexedCounter {
    /** Its name. Kept, not copied. */
    byte[] key();

    boolean exists();

    long total();

    /** Milliseconds since 1970. */
    long lastTime();

    /** Whether its total has changed since it was last written to the store. */
    boolean isTotalChanged();

    /** Whether it is a member of the index. The index sets it; it is stored with the counter. */
    boolean isIndexed();

    void setIndexed(boolean indexed);
}
