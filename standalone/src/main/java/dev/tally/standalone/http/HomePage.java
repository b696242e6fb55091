package dev.tally.standalone.http;

import dev.tally.service.http.Endpoint;
import dev.tally.service.http.Request;
import dev.tally.service.http.response.Response;
import dev.tally.service.lifecycle.ClassPathText;
import io.undertow.util.HttpString;
import java.util.function.Supplier;

/** {@code GET /}: shows what runs here and which commands to try. One page without external resources. */
final class HomePage implements Endpoint {
    private static final HttpString CONTENT_SECURITY_POLICY = new HttpString("Content-Security-Policy");
    private static final HttpString CONTENT_TYPE_OPTIONS = new HttpString("X-Content-Type-Options");

    private final String template = ClassPathText.of(HomePage.class, "home.html");
    private final Supplier<Installation> installation;

    /** @param installation read at each request, because a port may be known only once the server has started */
    HomePage(Supplier<Installation> installation) {
        this.installation = installation;
    }

    @Override
    public void handle(Request request) {
        request.query().only();
        request.respond(Response.of(200, "text/html; charset=utf-8", html(installation.get()))
                .header(CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'")
                .header(CONTENT_TYPE_OPTIONS, "nosniff")
                .noStore());
    }

    String html(Installation runs) {
        StringBuilder commands = new StringBuilder();
        for (String command : runs.commands()) {
            commands.append(escape(command)).append('\n');
        }
        return template.replace("{version}", escape(runs.version()))
                .replace("{http}", escape(runs.http()))
                .replace("{kafka}", escape(runs.kafka()))
                .replace("{data}", escape(runs.dataDirectory()))
                .replace("{commands}", commands.toString().stripTrailing());
    }

    /** Escapes braces too, so that a value is not taken for a placeholder of the template. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '{' -> escaped.append("&#123;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
