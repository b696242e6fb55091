package dev.tally.query.routing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The instances of counter-streams that the settings name. A DNS name stands for every address it resolves to. */
final class Seeds {
    /** Resolves host names. May block. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final List<String> endpoints;
    private final Resolver resolver;
    private final int addressesMax;

    /** @param endpoints each {@code host:port} */
    Seeds(List<String> endpoints, Resolver resolver, int addressesMax) {
        this.endpoints = List.copyOf(endpoints);
        this.resolver = resolver;
        this.addressesMax = addressesMax;
    }

    /** Each address as {@code address:port}, resolved on every call. Names that do not resolve are left out. */
    List<String> resolve() {
        Set<String> resolved = new LinkedHashSet<>();
        for (String endpoint : endpoints) {
            int colon = endpoint.lastIndexOf(':');
            try {
                for (InetAddress address : resolver.resolve(host(endpoint, colon))) {
                    if (resolved.size() < addressesMax) {
                        resolved.add(text(address) + endpoint.substring(colon));
                    }
                }
            } catch (UnknownHostException e) {
                // The name may have no running instance now. The next round resolves it again.
            }
        }
        return List.copyOf(resolved);
    }

    private static String host(String endpoint, int colon) {
        String host = endpoint.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }
}
