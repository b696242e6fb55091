package dev.tally.system.harness;

import java.util.Map;

/** The four processes and a schema registry. The registry keeps running when the processes stop. */
public final class RegistrySystem extends PartsSystem {
    private final RegistryServer registry;

    public RegistrySystem(String name) {
        this(name, new RegistryServer(name + "-registry-server"));
    }

    private RegistrySystem(String name, RegistryServer registry) {
        super(name + "-registry", Map.of("TALLY_SCHEMA_REGISTRY_URL", registry.url()));
        this.registry = registry;
    }

    /** The registry, which can be killed and started separately. */
    public RegistryServer server() {
        return registry;
    }

    /** Starts the registry as well, unless it is running. */
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
