package dev.tally.service.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Addresses that mean every interface of a machine: a server can listen there, but no client can connect to it from elsewhere. */
public final class WildcardAddress {
    /** As the resolver of the operating system reads them: {@code 0}, {@code 0.0}, {@code 0x0.0.0.0}. */
    private static final Pattern ZEROS = Pattern.compile("(0[xX]?0*\\.){0,3}0[xX]?0*");

    private WildcardAddress() {}

    /** Whether {@code host} is one, as {@code 0.0.0.0}, {@code ::}, {@code [::]} or {@code *}. Resolves no name. */
    public static boolean is(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String address = bracketed ? host.substring(1, host.length() - 1) : host;
        return address.equals("*") || ZEROS.matcher(address).matches() || isAnyOfVersion6(address);
    }

    private static boolean isAnyOfVersion6(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        try {
            // With a colon it is a literal or nothing: no resolver is asked.
            return literal.indexOf(':') >= 0 && InetAddress.getByName(literal).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false; // for whatever listens or connects there to refuse
        }
    }
}
