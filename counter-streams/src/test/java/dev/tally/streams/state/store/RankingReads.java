package dev.tally.streams.state.store;

import dev.tally.schemas.read.CounterPage;
import dev.tally.streams.state.serving.WrittenState;

/** Reads of the largest counters, one slice of work at a time. */
public final class RankingReads {
    private RankingReads() {}

    /** Does one slice of work. A read without a value needs another; null if the members do not determine the largest. */
    public static WrittenState.Read<CounterPage> slice(WrittenState written, byte[] namespace, int limit) {
        return ((StoredState) written).ofMembers(namespace, limit);
    }

    /** The number of rankings that are being built. */
    public static int builds(WrittenState written) {
        return ((StoredState) written).rankingBuilds();
    }
}
