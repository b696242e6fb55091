package dev.tally.system.harness;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A reverse proxy in front of a registry, as in production: TLS with a private certificate authority, and basic
 * authentication.
 */
public final class RegistryFront implements AutoCloseable {
    public static final String USER = "tally";
    public static final String PASSWORD = "hush=hush: hush";
    private static final String STORE_PASSWORD = "changeit";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path truststore;
    private final HttpsServer server;
    private final String behind;

    private RegistryFront(HttpsServer server, Path truststore, String behind) {
        this.server = server;
        this.truststore = truststore;
        this.behind = behind;
    }

    /**
     * @param directory for its key, its certificate and the truststore
     * @param behind the base URL of the registry that it forwards to
     */
    public static RegistryFront start(Path directory, String behind) throws IOException, GeneralSecurityException {
        Path keystore = directory.resolve("front.p12");
        Path certificate = directory.resolve("front.crt");
        Path truststore = directory.resolve("trust.p12");
        String key = keystore.toString();
        keytool("-genkeypair", "-keystore", key, "-keyalg", "RSA", "-dname", "CN=front", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-keystore", key, "-file", certificate.toString());
        keytool("-importcert", "-noprompt", "-keystore", truststore.toString(), "-file", certificate.toString());

        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keystore.toFile(), STORE_PASSWORD.toCharArray()), STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        RegistryFront front = new RegistryFront(server, truststore, behind);
        server.createContext("/", front::pass).setAuthenticator(new BasicAuthenticator("registry") {
            @Override
            public boolean checkCredentials(String user, String password) {
                return user.equals(USER) && password.equals(PASSWORD);
            }
        });
        server.start();
        return front;
    }

    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The settings that a service needs to be accepted. */
    public Map<String, String> settings() {
        return Map.of(
                "TALLY_SCHEMA_REGISTRY_URL", url(),
                "TALLY_SCHEMA_REGISTRY_USER", USER,
                "TALLY_SCHEMA_REGISTRY_PASSWORD", PASSWORD,
                "TALLY_SCHEMA_REGISTRY_TRUSTSTORE", truststore.toString(),
                "TALLY_SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD", STORE_PASSWORD);
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.headers().firstValue("Content-Type").orElse("application/json"));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void keytool(String... arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "front", "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        CommandRun.run(Map.of(), command, "").orFail();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
