package dev.tally.streams;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names this member of the group across restarts: the same state directory on the same host is the same member, so that a
 * restart, with or without what the directory held, takes its partitions up again at once and nobody rebalances.
 *
 * <p>Made from the directory's place rather than kept in a file within it: a copied directory must not make two members of
 * one name, and an emptied one must not make a new member that waits for the old one to time out.
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
