package dev.tally.service.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the template of a raw path. Templates are grouped by their number of segments; each list is short. */
final class Router {
    /** Longer paths are not searched for a hint, to bound the time on the IO thread. */
    private static final int HINT_CHARS_MAX = 1_000;

    private final List<List<RouteTemplate>> bySegmentCount = new ArrayList<>();

    Router(List<Route> routes, MeterRegistry registry) {
        for (Route route : routes) {
            if (!route.template().startsWith("/")) {
                throw new IllegalArgumentException("A template starts with a slash: " + route.template());
            }
            RouteTemplate template = templateOf(route);
            template.add(new RouteEntry(route, template, new RouteMetrics(registry, route.method(), route.template())));
        }
        for (List<RouteTemplate> templates : bySegmentCount) {
            templates.sort(Comparator.comparingInt(RouteTemplate::literalCount).reversed());
        }
    }

    /** The template that matches, or null. */
    @Nullable
    RouteTemplate find(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return null;
        }
        int segments = 0;
        for (int i = 0; i < path.length(); i++) {
            segments += path.charAt(i) == '/' ? 1 : 0;
        }
        if (segments >= bySegmentCount.size()) {
            return null;
        }
        for (RouteTemplate template : bySegmentCount.get(segments)) {
            if (template.matches(path)) {
                return template;
            }
        }
        return null;
    }

    /** Whether the path, which matches no template, would match one if a parameter could hold slashes. */
    boolean hasUnescapedSlash(String path) {
        if (path.length() < 2 || path.length() > HINT_CHARS_MAX) {
            return false;
        }
        String[] given = path.substring(1).split("/", -1);
        return bySegmentCount.stream().flatMap(List::stream).anyMatch(template -> template.matchesWithSlashes(given));
    }

    private RouteTemplate templateOf(Route route) {
        RouteTemplate template = new RouteTemplate(route.template());
        while (bySegmentCount.size() <= template.segmentCount()) {
            bySegmentCount.add(new ArrayList<>());
        }
        List<RouteTemplate> templates = bySegmentCount.get(template.segmentCount());
        for (RouteTemplate known : templates) {
            if (known.isNamed(route.template())) {
                return known;
            }
        }
        templates.add(template);
        return template;
    }
}
