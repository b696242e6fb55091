package dev.tally.service.http;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Assigns request IDs: the client's own if it is valid, else a prefix of this process and a sequence number without leading
 * zeros. Each event of a request carries the ID, so it is short.
 */
final class RequestIds {
    private static final int LENGTH_MAX = 128;
    private static final int PREFIX_CHARS = 8;
    private static final int BITS = 5;
    private static final byte[] ALPHABET =
            "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.US_ASCII); // 32 characters

    private final byte[] prefix = new byte[PREFIX_CHARS];
    private final AtomicLong count = new AtomicLong();

    RequestIds() {
        new SecureRandom().nextBytes(prefix);
        for (int i = 0; i < prefix.length; i++) {
            prefix[i] = ALPHABET[prefix[i] & 31];
        }
    }

    String idFor(@Nullable String given) {
        return given != null && isDecent(given) ? given : next();
    }

    private String next() {
        long rest = count.incrementAndGet();
        byte[] id = new byte[PREFIX_CHARS + digits(rest)];
        System.arraycopy(prefix, 0, id, 0, PREFIX_CHARS);
        for (int i = id.length - 1; i >= PREFIX_CHARS; i--) {
            id[i] = ALPHABET[(int) (rest & 31)];
            rest >>>= BITS;
        }
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private static int digits(long number) {
        return (Long.SIZE - Long.numberOfLeadingZeros(number) + BITS - 1) / BITS;
    }

    private static boolean isDecent(String id) {
        if (id.isEmpty() || id.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean decent = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '-';
            if (!decent) {
                return false;
            }
        }
        return true;
    }
}
