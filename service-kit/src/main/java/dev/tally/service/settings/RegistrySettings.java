package dev.tally.service.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the schema registry, as properties with the names that Confluent's clients and tools use. Some are
 * secrets, so {@code toString} gives the URL only.
 */
public final class RegistrySettings {
    public static final Setting<String> URL = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_URL",
            null,
            SettingTypes.url(),
            null,
            "The URL of the schema registry (Confluent's protocol); if it is not" + " set, schemas have fixed ids.");

    public static final Setting<String> USER = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_USER",
            null,
            SettingTypes.text("a name without a colon"),
            null,
            "The user name at the schema registry (HTTP basic authentication).");

    public static final Setting<String> PASSWORD = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_PASSWORD",
            null,
            SettingTypes.text("any text"),
            null,
            "The password of TALLY_SCHEMA_REGISTRY_USER.");

    public static final Setting<Path> TRUSTSTORE = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_TRUSTSTORE",
            null,
            SettingTypes.path(),
            null,
            "A PKCS12 or JKS file of trusted authorities for a schema registry at https; those of the JVM unless"
                    + " set.");

    public static final Setting<String> TRUSTSTORE_PASSWORD = new Setting<>(
            "TALLY_SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD",
            null,
            SettingTypes.text("any text"),
            null,
            "The password of TALLY_SCHEMA_REGISTRY_TRUSTSTORE.");

    /** The settings of the schema registry, in the order of the documentation. */
    public static final List<Setting<?>> ALL = List.of(URL, USER, PASSWORD, TRUSTSTORE, TRUSTSTORE_PASSWORD);

    private static final String URL_PROPERTY = "schema.registry.url";

    private final Map<String, String> properties;

    private RegistrySettings(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /** Reads the settings. Problems are added to the environment. */
    public static RegistrySettings read(Environment environment) {
        String url = environment.find(URL);
        String user = environment.find(USER);
        String password = environment.find(PASSWORD);
        Path truststore = environment.find(TRUSTSTORE);
        String truststorePassword = environment.find(TRUSTSTORE_PASSWORD);

        needs(environment, USER, user, URL, url);
        needs(environment, USER, user, PASSWORD, password);
        needs(environment, PASSWORD, password, USER, user);
        needs(environment, TRUSTSTORE, truststore, URL, url);
        needs(environment, TRUSTSTORE_PASSWORD, truststorePassword, TRUSTSTORE, truststore);
        if (user != null && user.indexOf(':') >= 0) {
            environment.problem(USER.variable() + ": has a colon (expected: a name without one)");
        }

        Map<String, String> properties = new TreeMap<>();
        put(properties, URL_PROPERTY, url);
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
        return String.valueOf(properties.get(URL_PROPERTY));
    }
}
