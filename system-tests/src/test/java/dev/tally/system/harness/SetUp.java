package dev.tally.system.harness;

import java.util.function.Function;

/** The deployments of Tally. Most suites run against {@code UP} and {@code PARTS}. */
public enum SetUp {
    /** {@code up}: everything in one JVM. */
    UP(UpSystem::new),
    /** {@code broker}, {@code ingest-api}, {@code counter-streams} and {@code query-api}: four processes. */
    PARTS(PartsSystem::new),
    /** Like {@code PARTS}, with a schema registry. */
    REGISTRY(RegistrySystem::new),
    /** {@code compose/kafka.yml}: containers. Aborts a test with the reason if containers are not available. */
    COMPOSE(ComposeSystem::orAbort);

    private final Function<String, TallySystem> create;

    SetUp(Function<String, TallySystem> create) {
        this.create = create;
    }

    /** Creates a system without data, which is not started yet. Its logs are kept under {@code target/systems/name-…}. */
    public TallySystem create(String name) {
        return create.apply(name);
    }
}
