package dev.tally.service.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Wildcard addresses: a server can listen on one, but no client on another machine can connect to it. */
public final class WildcardAddress {
    /** Forms that the resolver of the operating system accepts: {@code 0}, {@code 0.0}, {@code 0x0.0.0.0}. */
    private static final Pattern ZEROS = Pattern.compile("(0[xX]?0*\\.){0,3}0[xX]?0*");

    private WildcardAddress() {}

    /** Whether {@code host} is a wildcard address: {@code 0.0.0.0}, {@code ::}, {@code [::]}, {@code *}. Resolves no name. */
    public static boolean is(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String address = bracketed ? host.substring(1, host.length() - 1) : host;
        return address.equals("*") || ZEROS.matcher(address).matches() || isAnyOfVersion6(address);
    }

    private static boolean isAnyOfVersion6(String address) {
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        try {
            // Text with a colon is a literal or invalid: no resolver is called.
            return literal.indexOf(':') >= 0 && InetAddress.getByName(literal).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false; // the listen or connect call rejects it
        }
    }
}
