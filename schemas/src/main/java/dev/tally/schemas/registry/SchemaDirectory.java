package dev.tally.schemas.registry;

import dev.tally.schemas.wire.ReleasedSchemas;
import dev.tally.schemas.wire.SchemaLookup;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds the schemas of a deployment. The released schemas have fixed ids, which are known here. All other ids are looked up
 * in the registry, if there is one. Its answers are cached for a bounded number of ids. A failed lookup is retried, so that
 * an unavailable registry is never taken for the answer that a schema does not exist.
 *
 * <p>The only class through which other packages reach a registry. Only one thread of this object calls the registry:
 * {@link #ask} and {@link #ids} do not block, {@link #schema} blocks for a bounded time. Thread-safe.
 */
public final class SchemaDirectory implements SchemaLookup, AutoCloseable {
    private final ReleasedSchemas released = ReleasedSchemas.get();
    /** Null if the deployment has no registry. */
    private final @Nullable Remote remote;

    SchemaDirectory(@Nullable Registry registry) {
        remote = registry == null ? null : Remote.of(registry);
    }

    /** The directory of a deployment without a registry: the released schemas only. */
    public static SchemaDirectory ofReleased() {
        return new SchemaDirectory(null);
    }

    /**
     * Opens a directory. Returns immediately, whether or not the registry is available.
     *
     * @param properties {@code schema.registry.url}, {@code basic.auth.user.info},
     *     {@code schema.registry.ssl.truststore.location} and {@code schema.registry.ssl.truststore.password}, all
     *     optional; without the first there is no registry
     * @throws RegistryRefusedException if the truststore cannot be read
     */
    public static SchemaDirectory open(Map<String, ?> properties) {
        RegistryProperties given = RegistryProperties.of(properties);
        return new SchemaDirectory(given == null ? null : ConfluentRegistry.connect(given));
    }

    /** Whether the deployment has a registry. */
    public boolean hasRegistry() {
        return remote != null;
    }

    /**
     * The schema ids for writing: the fixed ones, or, if there is a registry, those that it assigns. The first call starts to
     * register the released schemas, with retries until the registry has them.
     *
     * @return completes exceptionally with {@link RegistryRefusedException} if the registry rejects them
     */
    public CompletableFuture<SchemaIds> ids() {
        return remote == null
                ? CompletableFuture.completedFuture(SchemaIds.fixed())
                : remote.registration().ids();
    }

    /** What the registration of {@link #ids} waits for, one sentence. */
    public String waitingFor() {
        return remote == null ? Registration.WAITING : remote.registration().waitingFor();
    }

    /** Returns what is known about an id now, and starts a lookup if that is not final. Does not block. */
    public SchemaAnswer ask(int id) {
        Schema fixed = released.schema(id);
        return fixed != null || remote == null
                ? new SchemaAnswer.Known(fixed)
                : remote.schemas().ask(id);
    }

    /** @throws RegistryUnavailableException if the registry did not answer in bounded time; the caller may retry */
    @Override
    public @Nullable Schema schema(int id) {
        Schema fixed = released.schema(id);
        return fixed != null || remote == null ? fixed : remote.schemas().await(id);
    }

    /** Like {@link #schema}, but returns the text; that of a released schema is unchanged since its release. */
    public @Nullable String text(int id) {
        String fixed = released.text(id);
        if (fixed != null) {
            return fixed;
        }
        Schema schema = schema(id);
        return schema == null ? null : schema.toString();
    }

    /** Closes immediately, without waiting for a request in flight. */
    @Override
    public void close() {
        if (remote != null) {
            remote.thread().close();
            remote.schemas().closed();
        }
    }

    /** What calls the registry, and what it has answered. */
    private record Remote(RegistryThread thread, CachedSchemas schemas, Registration registration) {
        static Remote of(Registry registry) {
            RegistryThread thread = new RegistryThread();
            return new Remote(thread, new CachedSchemas(registry, thread), new Registration(registry, thread));
        }
    }
}
