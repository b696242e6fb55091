package dev.tally.system.harness;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One running system for each set-up, for the suites that only write to namespaces of their own and neither stop nor slow down a
 * process. Started when the first suite asks for it, closed after the last suite of this JVM.
 */
public final class SharedSystems implements BeforeAllCallback {
    private static final Map<SetUp, TallySystem> RUNNING = new EnumMap<>(SetUp.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        var unused = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedSystems.class))
                .computeIfAbsent(SharedSystems.class, key -> (AutoCloseable) SharedSystems::closeAll);
    }

    /** A system that is ready. The suite does not close it. */
    public static synchronized TallySystem of(SetUp setUp) {
        TallySystem system = RUNNING.get(setUp);
        if (system == null) {
            system = setUp.create("shared");
            RUNNING.put(setUp, system);
            system.start();
        }
        system.awaitReady();
        return system;
    }

    private static synchronized void closeAll() {
        RUNNING.values().forEach(TallySystem::close);
        RUNNING.clear();
    }
}
