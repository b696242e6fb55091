package dev.tally.service.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Parses IP addresses in the syntax of RFC 3986, without brackets. Never resolves names. */
public final class IpAddress {
    private static final int V4_BYTES = 4;
    private static final int V6_CHARS_MAX = 45;

    private IpAddress() {}

    /**
     * Parses four decimal numbers without leading zeros, or IPv6 without a zone. Returns null for everything else, including
     * {@code 127.1}.
     */
    public static @Nullable InetAddress parse(String text) {
        try {
            return text.indexOf(':') >= 0 ? v6(text) : v4(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static @Nullable InetAddress v4(String text) throws UnknownHostException {
        byte[] bytes = new byte[V4_BYTES];
        int start = 0;
        for (int i = 0; i < V4_BYTES; i++) {
            int dot = text.indexOf('.', start);
            int end = i < V4_BYTES - 1 ? dot : text.length();
            int value = end < 0 ? -1 : octet(text, start, end);
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
            start = end + 1;
        }
        return InetAddress.getByAddress(bytes);
    }

    private static int octet(String text, int start, int end) {
        int digits = end - start;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value > 255 ? -1 : value;
    }

    /** Text with a colon that starts with a digit or a colon is read by the JDK and never resolved. */
    @SuppressWarnings("AddressSelection") // an address in, the same address out
    private static @Nullable InetAddress v6(String text) throws UnknownHostException {
        if (text.length() > V6_CHARS_MAX) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isHexadecimal = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (!isHexadecimal && c != ':' && (c != '.' || i == 0)) {
                return null;
            }
        }
        return InetAddress.getByName(text);
    }
}
