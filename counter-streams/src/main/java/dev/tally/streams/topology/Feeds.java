package dev.tally.streams.topology;

/**
 * Whether a running generation writes the public feeds: {@code tally.totals} and {@code tally.events.rejected}. While it does
 * not, its state, changelog and metrics are the same as if it did.
 *
 * <p>A total is written when a commit flushes its change, and is not written again later. The switch is therefore changed only
 * while processing is stopped at a limit and everything processed is committed: the generation then writes exactly the changes of
 * the events after that limit, or up to it. Thread-safe.
 */
public final class Feeds {
    private volatile boolean on;

    /** @param on whether the generation writes the feeds from its start on */
    public Feeds(boolean on) {
        this.on = on;
    }

    public boolean isOn() {
        return on;
    }

    /** Applies to the events that are processed from now on. */
    public void set(boolean nowOn) {
        on = nowOn;
    }
}
