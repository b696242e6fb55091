package dev.tally.service.settings;

/**
 * The variables that Kubernetes sets in every container for each service of its namespace. Those of a service named
 * {@code tally-http} would otherwise be read as Tally settings.
 */
final class KubernetesLinks {
    private KubernetesLinks() {}

    static boolean isLink(String name, String value) {
        return name.endsWith("_SERVICE_HOST")
                || name.endsWith("_SERVICE_PORT")
                || name.contains("_SERVICE_PORT_")
                || isAddressOfPort(name, value)
                || isPartOfPort(name);
    }

    /** {@code TALLY_HTTP_PORT=tcp://10.0.0.1:8080}, and {@code TALLY_HTTP_PORT_8080_TCP=tcp://10.0.0.1:8080}. */
    private static boolean isAddressOfPort(String name, String value) {
        boolean address = value.startsWith("tcp://") || value.startsWith("udp://") || value.startsWith("sctp://");
        return address && (name.endsWith("_PORT") || isNumberedPort(name));
    }

    /** {@code TALLY_HTTP_PORT_8080_TCP_ADDR=10.0.0.1}. */
    private static boolean isPartOfPort(String name) {
        boolean part = name.endsWith("_PROTO") || name.endsWith("_PORT") || name.endsWith("_ADDR");
        return part && isNumberedPort(name.substring(0, name.lastIndexOf('_')));
    }

    private static boolean isNumberedPort(String name) {
        boolean protocol = name.endsWith("_TCP") || name.endsWith("_UDP") || name.endsWith("_SCTP");
        int port = name.indexOf("_PORT_");
        return protocol && port > 0 && Character.isDigit(name.charAt(port + "_PORT_".length()));
    }
}
