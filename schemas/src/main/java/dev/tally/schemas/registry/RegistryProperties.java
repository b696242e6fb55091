package dev.tally.schemas.registry;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a registry, with the property names of Confluent's clients and tools. Two properties are secrets, so
 * {@code toString} gives the URL only.
 *
 * @param url without a trailing slash
 * @param userInfo {@code user:password}; null for none
 * @param truststore a JKS or PKCS12 file of the authorities to trust; null for those of the JVM
 */
record RegistryProperties(
        String url,
        @Nullable String userInfo,
        @Nullable String truststore,
        @Nullable String truststorePassword) {
    static final String URL = "schema.registry.url";
    static final String USER_INFO = "basic.auth.user.info";
    static final String TRUSTSTORE = "schema.registry.ssl.truststore.location";
    static final String TRUSTSTORE_PASSWORD = "schema.registry.ssl.truststore.password";

    /** Returns null if the properties name no registry. Other properties are ignored. */
    static @Nullable RegistryProperties of(Map<String, ?> properties) {
        String url = text(properties, URL);
        return url == null
                ? null
                : new RegistryProperties(
                        url,
                        text(properties, USER_INFO),
                        text(properties, TRUSTSTORE),
                        text(properties, TRUSTSTORE_PASSWORD));
    }

    /**
     * A socket factory that trusts only the authorities of the truststore; null if there is no truststore.
     *
     * @throws RegistryRefusedException if the truststore cannot be read
     */
    @Nullable
    SSLSocketFactory trust() {
        if (truststore == null) {
            return null;
        }
        try {
            char[] password = truststorePassword == null ? null : truststorePassword.toCharArray();
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(new File(truststore), password));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new RegistryRefusedException(
                    "The truststore " + truststore + " for the schema registry cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable String text(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    @Override
    public String toString() {
        return url;
    }
}
