package dev.tally.system.harness;

import java.util.function.Function;

/** The ways to put a Tally together that every suite runs against. */
public enum SetUp {
    /** {@code up}: everything in one JVM. */
    UP(UpSystem::new),
    /** {@code broker}, {@code ingest-api}, {@code counter-streams} and {@code query-api}: four processes. */
    PARTS(PartsSystem::new);

    private final Function<String, TallySystem> create;

    SetUp(Function<String, TallySystem> create) {
        this.create = create;
    }

    /** A system with no data, not started yet. Its logs are kept under {@code target/systems/name-…}. */
    public TallySystem create(String name) {
        return create.apply(name);
    }
}
