package dev.tally.service.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the schema registry, as properties with the names that Confluent's clients and tools use. Some are
 * secrets, so {@code toString} gives the URL only.
 */
public final class RegistrySettings {
    private static final String URL = "schema.registry.url";

    private final Map<String, String> properties;

    private RegistrySettings(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /** Reads the settings. Problems are added to the environment. */
    public static RegistrySettings read(Environment environment) {
        String url = environment.find(TallySettings.SCHEMA_REGISTRY_URL);
        String user = environment.find(TallySettings.SCHEMA_REGISTRY_USER);
        String password = environment.find(TallySettings.SCHEMA_REGISTRY_PASSWORD);
        Path truststore = environment.find(TallySettings.SCHEMA_REGISTRY_TRUSTSTORE);
        String truststorePassword = environment.find(TallySettings.SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD);

        needs(environment, TallySettings.SCHEMA_REGISTRY_USER, user, TallySettings.SCHEMA_REGISTRY_URL, url);
        needs(environment, TallySettings.SCHEMA_REGISTRY_USER, user, TallySettings.SCHEMA_REGISTRY_PASSWORD, password);
        needs(environment, TallySettings.SCHEMA_REGISTRY_PASSWORD, password, TallySettings.SCHEMA_REGISTRY_USER, user);
        needs(
                environment,
                TallySettings.SCHEMA_REGISTRY_TRUSTSTORE,
                truststore,
                TallySettings.SCHEMA_REGISTRY_URL,
                url);
        needs(
                environment,
                TallySettings.SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD,
                truststorePassword,
                TallySettings.SCHEMA_REGISTRY_TRUSTSTORE,
                truststore);
        if (user != null && user.indexOf(':') >= 0) {
            environment.problem(
                    TallySettings.SCHEMA_REGISTRY_USER.variable() + ": has a colon (expected: a name without one)");
        }

        Map<String, String> properties = new TreeMap<>();
        put(properties, URL, url);
        put(properties, "basic.auth.user.info", user == null ? null : user + ":" + password);
        put(properties, "schema.registry.ssl.truststore.location", truststore);
        put(properties, "schema.registry.ssl.truststore.password", truststorePassword);
        return new RegistrySettings(properties);
    }

    /** Settings without a registry. */
    public static RegistrySettings none() {
        return new RegistrySettings(Map.of());
    }

    /** Empty if there is no registry. */
    public Map<String, String> properties() {
        return properties;
    }

    private static void needs(
            Environment environment,
            Setting<?> one,
            @Nullable Object given,
            Setting<?> other,
            @Nullable Object needed) {
        if (given != null && needed == null) {
            environment.problem(one.variable() + " needs " + other.variable() + " as well");
        }
    }

    private static void put(Map<String, String> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value.toString());
        }
    }

    @Override
    public String toString() {
        return String.valueOf(properties.get(URL));
    }
}
