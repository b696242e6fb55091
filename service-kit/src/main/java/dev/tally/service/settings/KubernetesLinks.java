package dev.tally.service.settings;

/**
 * The variables that Kubernetes gives every container for each service of its namespace. A service named
 * {@code tally-http} would otherwise be read as our settings.
 */
final class KubernetesLinks {
    private KubernetesLinks() {}

    static boolean isLink(String name, String value) {
        if (name.endsWith("_SERVICE_HOST") || name.endsWith("_SERVICE_PORT") || name.contains("_SERVICE_PORT_")) {
            return true;
        }
        return isAddress(value) || isPartOfPort(name);
    }

    /** {@code TALLY_HTTP_PORT=tcp://10.0.0.1:8080}. */
    private static boolean isAddress(String value) {
        return value.startsWith("tcp://") || value.startsWith("udp://") || value.startsWith("sctp://");
    }

    /** {@code TALLY_HTTP_PORT_8080_TCP_ADDR=10.0.0.1}. */
    private static boolean isPartOfPort(String name) {
        if (!name.endsWith("_PROTO") && !name.endsWith("_PORT") && !name.endsWith("_ADDR")) {
            return false;
        }
        String start = name.substring(0, name.lastIndexOf('_'));
        boolean protocol = start.endsWith("_TCP") || start.endsWith("_UDP") || start.endsWith("_SCTP");
        int port = start.indexOf("_PORT_");
        return protocol && port > 0 && Character.isDigit(start.charAt(port + "_PORT_".length()));
    }
}
