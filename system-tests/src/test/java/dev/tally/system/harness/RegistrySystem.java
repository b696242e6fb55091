package dev.tally.system.harness;

import java.util.Map;

/** The four processes and a schema registry, which stays when they stop. */
public final class RegistrySystem extends PartsSystem {
    private final RegistryServer registry;

    public RegistrySystem(String name) {
        this(name, new RegistryServer(name + "-registry-server"));
    }

    private RegistrySystem(String name, RegistryServer registry) {
        super(name + "-registry", Map.of("TALLY_SCHEMA_REGISTRY_URL", registry.url()));
        this.registry = registry;
    }

    /** The registry, to be killed and started alone. */
    public RegistryServer server() {
        return registry;
    }

    /** Starts the registry too, unless it runs. */
    @Override
    public void launch() {
        if (!registry.isAlive()) {
            registry.start();
        }
        super.launch();
    }

    @Override
    public String registry() {
        return registry.url();
    }

    @Override
    public void close() {
        super.close();
        registry.close();
    }
}
