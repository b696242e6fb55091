package dev.tally.schemas.registry;

import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registry with Confluent's protocol, accessed through Confluent's client. Only this class depends on that client.
 *
 * <p>The client's responses are reduced to three outcomes: a definite answer, {@link RegistryUnavailableException} if a retry
 * may succeed, and {@link RegistryRefusedException} if an operator has to act. A lookup of a schema id never has the third
 * outcome: the caller needs the schema to decode a record of the log, so it retries.
 */
final class ConfluentRegistry implements Registry {
    private static final int CONNECT_MILLIS_MAX = 2_000;
    private static final int READ_MILLIS_MAX = 3_000;

    private static final String BACKWARD = "BACKWARD";
    /** The compatibility levels that include backward compatibility. An operator may have set a stricter level. */
    private static final Set<String> BACKWARD_LEVELS =
            Set.of(BACKWARD, "BACKWARD_TRANSITIVE", "FULL", "FULL_TRANSITIVE");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    /** The error code of an unknown schema. A 404 without it may come from a proxy in between. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private static final int REFERENCES_DEPTH_MAX = 16;

    private final RestService client;
    private final String name;

    private ConfluentRegistry(RestService client, String name) {
        this.client = client;
        this.name = name;
    }

    /** @throws RegistryRefusedException if the truststore cannot be read */
    static ConfluentRegistry connect(RegistryProperties properties) {
        RestService client = new RestService(properties.url());
        String userInfo = properties.userInfo();
        if (userInfo != null) {
            client.configure(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", userInfo));
        }
        // After configure(), which sets both timeouts to one minute.
        client.setHttpConnectTimeoutMs(CONNECT_MILLIS_MAX);
        client.setHttpReadTimeoutMs(READ_MILLIS_MAX);
        SSLSocketFactory trust = properties.trust();
        if (trust != null) {
            client.setSslSocketFactory(trust);
        }
        return new ConfluentRegistry(client, properties.url());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int register(String subject, List<String> texts) {
        try {
            boolean compatible = ensureCompatibility(subject);
            int id = 0;
            for (String text : texts) {
                id = register(subject, text);
                compatible = compatible || ensureCompatibility(subject);
            }
            if (!compatible) {
                throw new RegistryRefusedException(
                        "The schema registry " + name + " refuses to set the compatibility of " + subject, null);
            }
            return id;
        } catch (RestClientException e) {
            throw registrationFailed(subject, e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (IllegalArgumentException e) {
            throw emptyResponse(e);
        }
    }

    /**
     * Registers one schema; retries once on a conflict. Some registries report a conflict if another service registers the
     * same schema concurrently. A conflict on the retry is a conflict of the schemas.
     */
    private int register(String subject, String text) throws IOException, RestClientException {
        try {
            return client.registerSchema(text, subject);
        } catch (RestClientException e) {
            if (e.getStatus() != CONFLICT) {
                throw e;
            }
            return client.registerSchema(text, subject);
        }
    }

    /** Ensures the compatibility level. False if it cannot be set: some registries know a subject only after its first schema. */
    private boolean ensureCompatibility(String subject) throws IOException, RestClientException {
        if (BACKWARD_LEVELS.contains(String.valueOf(level(subject)))) {
            return true;
        }
        try {
            client.updateCompatibility(BACKWARD, subject);
            return true;
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return false;
            }
            if (e.getStatus() == CONFLICT) {
                throw unavailable(e); // another service is changing it concurrently
            }
            throw e;
        }
    }

    /** The subject's own compatibility level; null if it has none. */
    private @Nullable String level(String subject) throws IOException, RestClientException {
        try {
            return client.getConfig(subject).getCompatibilityLevel();
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public @Nullable Schema schema(int id) {
        try {
            SchemaString found = client.getId(id);
            String type = found.getSchemaType();
            return type == null || type.equals("AVRO") ? parse(found.getSchemaString(), found.getReferences()) : null;
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND && e.getErrorCode() == SCHEMA_NOT_FOUND) {
                return null;
            }
            throw unavailable(e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (IllegalArgumentException e) {
            throw emptyResponse(e);
        }
    }

    /** Parses a schema. Returns null if Avro does not accept it. */
    private @Nullable Schema parse(String text, @Nullable List<SchemaReference> references)
            throws IOException, RestClientException {
        Schema.Parser parser = new Schema.Parser();
        try {
            parseReferences(parser, references, REFERENCES_DEPTH_MAX);
            return parser.parse(text);
        } catch (AvroRuntimeException e) {
            return null;
        }
    }

    /** Parses the referenced schemas, each before the schemas that refer to it. */
    private void parseReferences(Schema.Parser parser, @Nullable List<SchemaReference> references, int depth)
            throws IOException, RestClientException {
        if (references == null || depth == 0) {
            return;
        }
        for (SchemaReference reference : references) {
            if (!parser.getTypes().containsKey(reference.getName())) {
                var found = client.getVersion(reference.getSubject(), reference.getVersion());
                parseReferences(parser, found.getReferences(), depth - 1);
                parser.parse(found.getSchema());
            }
        }
    }

    /** The exception for an error response to a registration: refused for a permanent error, otherwise unavailable. */
    private RuntimeException registrationFailed(String subject, RestClientException response) {
        int status = response.getStatus();
        if (status == CONFLICT) {
            return new RegistryRefusedException(
                    "The schema registry " + name + " has schemas of " + subject
                            + " that are not compatible with this version of Tally (" + shown(response) + ")",
                    response);
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return new RegistryRefusedException(
                    "The schema registry " + name + " does not allow this user to register schemas of " + subject + " ("
                            + status + ")",
                    response);
        }
        boolean permanent = status >= 400 && status < 500 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
        return permanent
                ? new RegistryRefusedException(
                        "The schema registry " + name + " refuses the schemas of " + subject + " (" + shown(response)
                                + ")",
                        response)
                : unavailable(response);
    }

    private RegistryUnavailableException unavailable(RestClientException response) {
        return new RegistryUnavailableException(
                "The schema registry " + name + " gives no answer (" + response.getStatus() + ").", response);
    }

    private RegistryUnavailableException unreachable(IOException failure) {
        return new RegistryUnavailableException(
                "The schema registry " + name + " cannot be reached (" + failure.getMessage() + ").", failure);
    }

    /** The client throws {@link IllegalArgumentException} for an error response without a body. */
    private RegistryUnavailableException emptyResponse(IllegalArgumentException failure) {
        return new RegistryUnavailableException("The schema registry " + name + " gives no answer.", failure);
    }

    /** The registry's message, on one line and truncated. */
    private static String shown(RestClientException response) {
        String message = String.valueOf(response.getMessage()).replaceAll("\\s+", " ");
        return message.length() > 200 ? message.substring(0, 200) + "…" : message;
    }
}
