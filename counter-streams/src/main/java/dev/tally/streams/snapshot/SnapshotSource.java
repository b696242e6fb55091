package dev.tally.streams.snapshot;

import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.store.StateParameters;

/**
 * The state that snapshots are made of: that of the live generation.
 *
 * @param serving the partitions that this instance serves
 */
public record SnapshotSource(String generation, ServingStores serving, StateParameters parameters) {}
