package dev.tally.service.http;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One path template and the routes on it, one for each method. Immutable once the router is built. */
final class RouteTemplate {
    private final String template;
    private final String[] segments;
    private final List<RouteEntry> entries = new ArrayList<>();
    private String allow = "";

    RouteTemplate(String template) {
        this.template = template;
        this.segments = template.substring(1).split("/", -1);
    }

    void add(RouteEntry entry) {
        String method = entry.route().method();
        if (entry(method) != null) {
            throw new IllegalArgumentException("Two routes for " + method + " " + template);
        }
        entries.add(entry);
        TreeMap<String, Boolean> methods = new TreeMap<>();
        for (RouteEntry each : entries) {
            methods.put(each.route().method(), true);
            if (each.route().method().equals("GET")) {
                methods.put("HEAD", true);
            }
        }
        allow = String.join(", ", methods.keySet());
    }

    /** The route for a method, or null. {@code HEAD} uses the route of {@code GET}. */
    @Nullable
    RouteEntry entry(String method) {
        String asked = method.equals("HEAD") ? "GET" : method;
        for (RouteEntry entry : entries) {
            if (entry.route().method().equals(asked)) {
                return entry;
            }
        }
        return null;
    }

    /** The value of the {@code Allow} header: the methods of this template. */
    String allow() {
        return allow;
    }

    int segmentCount() {
        return segments.length;
    }

    /** The number of literal segments. Of two templates that match, the one with more takes precedence. */
    int literalCount() {
        int literals = 0;
        for (String segment : segments) {
            literals += isParameter(segment) ? 0 : 1;
        }
        return literals;
    }

    boolean isNamed(String name) {
        return template.equals(name);
    }

    /** Whether a path with the same number of segments matches. A parameter matches any segment that is not empty. */
    boolean matches(String path) {
        int start = 1;
        for (String segment : segments) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            boolean fits = isParameter(segment)
                    ? end > start
                    : end - start == segment.length() && path.startsWith(segment, start);
            if (!fits) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Whether a path with more segments matches if one parameter takes all surplus segments. */
    boolean matchesWithSlashes(String[] given) {
        int more = given.length - segments.length;
        for (int taking = 0; more > 0 && taking < segments.length; taking++) {
            if (isParameter(segments[taking]) && matchesWithSlashes(given, taking, more)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesWithSlashes(String[] given, int taking, int more) {
        for (int i = 0; i < segments.length; i++) {
            String part = given[i > taking ? i + more : i];
            if (part.isEmpty() || (!isParameter(segments[i]) && !part.equals(segments[i]))) {
                return false;
            }
        }
        return true;
    }

    /** The index, from 0, of the segment that the parameter {@code name} stands for. */
    int segmentOf(String name) {
        for (int i = 0; i < segments.length; i++) {
            String segment = segments[i];
            if (segment.length() == name.length() + 2 && isParameter(segment) && segment.startsWith(name, 1)) {
                return i;
            }
        }
        throw new IllegalArgumentException(template + " has no parameter " + name);
    }

    private static boolean isParameter(String segment) {
        return !segment.isEmpty() && segment.charAt(0) == '{';
    }
}
