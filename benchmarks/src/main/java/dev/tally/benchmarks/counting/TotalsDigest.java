package dev.tally.benchmarks.counting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A short text that is equal exactly if the totals of the counters are equal, up to collisions of SHA-256. */
public final class TotalsDigest {
    private static final int BYTES_SHOWN = 8;

    private TotalsDigest() {}

    /** The number of counters, their sum, and a hash of every name with its total. */
    public static String of(Map<String, Long> totals) {
        MessageDigest sha = sha256();
        long sum = 0;
        for (Map.Entry<String, Long> total : new TreeMap<>(totals).entrySet()) {
            sum += total.getValue();
            sha.update((total.getKey() + "\t" + total.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return totals.size() + " counters, sum " + sum + ", " + HexFormat.of().formatHex(sha.digest(), 0, BYTES_SHOWN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
