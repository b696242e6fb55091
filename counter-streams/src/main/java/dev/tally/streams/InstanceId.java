package dev.tally.streams;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The {@code group.instance.id} of this member across restarts. The same state directory on the same host is the same static
 * member. After a restart, with or without the contents of the directory, it gets its partitions back without a rebalance.
 *
 * <p>The ID is derived from the path of the directory and not stored in a file within it. A copied directory must not create two
 * members with one ID, and an emptied directory must not create a new member that waits for the session timeout of the old one.
 */
final class InstanceId {
    private static final int HASH_CHARS = 12;

    private InstanceId() {}

    static String of(Path stateDir) {
        String host = hostName();
        String place = host + ":" + stateDir.toAbsolutePath().normalize();
        return host.replaceAll("[^A-Za-z0-9._-]", "-") + "-" + hash(place).substring(0, HASH_CHARS);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
