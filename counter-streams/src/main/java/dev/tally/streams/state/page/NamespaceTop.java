package dev.tally.streams.state.page;

import dev.tally.streams.state.entry.StateKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The record that {@link TopIndex} keeps for one namespace: a compact description of which counters are members.
 *
 * <pre>
 * 'n' namespace → members flags [floorTotal floorKeyLength floorKey] [scannedKey]      zigzag varints, and bytes
 *                 flags: 1 with a floor, 2 with a scanned key
 * </pre>
 *
 * <p>For the stream thread. A thread that reads the record from the store gets its own object.
 */
final class NamespaceTop {
    static final byte PREFIX = 'n';

    private static final int FLOOR = 1;
    private static final int SCANNED = 2;

    private final byte[] namespace;
    /** The number of members. */
    int members;
    /** No counter that is not a member ranks above it; null: every counter is a member. */
    @Nullable
    Rank floor;
    /** The fields above hold only for counters up to this key, the others are being backfilled; null: they hold for all. */
    byte @Nullable [] scanned;
    /** Changed since it was last written to the store. */
    boolean pending;

    NamespaceTop(byte[] namespace) {
        this.namespace = namespace;
    }

    /** Whether a counter with this rank must be a member. */
    boolean admits(Rank rank) {
        return floor == null || rank.compareTo(floor) < 0;
    }

    boolean isComplete() {
        return scanned == null;
    }

    byte[] namespace() {
        return namespace;
    }

    static Bytes stateKey(byte[] namespace) {
        return StateKeys.prefixed(PREFIX, namespace);
    }

    /** The namespace of a counter. */
    static byte[] namespaceOf(byte[] counter) {
        int slash = 0;
        while (counter[slash] != '/') {
            slash++;
        }
        return Arrays.copyOf(counter, slash);
    }

    byte[] value() {
        Rank lowest = floor;
        byte[] upTo = scanned;
        int bytes = 1 + 3 * 10 + (lowest == null ? 0 : lowest.key().length) + (upTo == null ? 0 : upTo.length);
        ByteBuffer out = ByteBuffer.allocate(bytes);
        ByteUtils.writeVarlong(members, out);
        out.put((byte) ((lowest == null ? 0 : FLOOR) | (upTo == null ? 0 : SCANNED)));
        if (lowest != null) {
            ByteUtils.writeVarlong(lowest.total(), out);
            ByteUtils.writeVarlong(lowest.key().length, out);
            out.put(lowest.key());
        }
        if (upTo != null) {
            out.put(upTo);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    static NamespaceTop read(byte[] namespace, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        NamespaceTop top = new NamespaceTop(namespace);
        top.members = (int) ByteUtils.readVarlong(in);
        int flags = in.get();
        if ((flags & FLOOR) != 0) {
            long total = ByteUtils.readVarlong(in);
            byte[] key = new byte[(int) ByteUtils.readVarlong(in)];
            in.get(key);
            top.floor = new Rank(total, key);
        }
        if ((flags & SCANNED) != 0) {
            byte[] upTo = new byte[in.remaining()];
            in.get(upTo);
            top.scanned = upTo;
        }
        return top;
    }
}
