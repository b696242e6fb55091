package dev.tally.streams.state.digest;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of a counter's key: SHA-256, because names come from clients and two states could be made to look equal with names that
 * collide. All other hashes of a counter start from it. Reused for one key after another. For one thread.
 */
final class KeyHash {
    private static final int BYTES = 32;
    private static final int HIGH_AT = 2;
    private static final int LOW_AT = HIGH_AT + Long.BYTES;
    private static final int ID_AT = LOW_AT + Long.BYTES;

    private final MessageDigest sha256 = sha256();
    private final byte[] bytes = new byte[BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(bytes);

    void set(byte[] key) {
        sha256.update(key);
        try {
            sha256.digest(bytes, 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the counter belongs to the digest of a bucket; {@link DigestRequest#ALL} for all. */
    boolean isWithin(int within) {
        return within == DigestRequest.ALL || within == (bytes[0] & 0xFF);
    }

    /** The bucket of the counter in a digest of that bucket's counters, or of all. */
    int bucket(int within) {
        return bytes[within == DigestRequest.ALL ? 0 : 1] & 0xFF;
    }

    long high() {
        return view.getLong(HIGH_AT);
    }

    long low() {
        return view.getLong(LOW_AT);
    }

    /** Identifies the counter among those of a partition. */
    long id() {
        return view.getLong(ID_AT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
