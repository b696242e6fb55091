package dev.tally.streams.state;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * A sum of numbers of 64 bits that need not fit into 64 bits itself: {@code low + carries * 2^64}. A bucket adds up what was
 * added, and with a SET in between that can be more than a total ever was.
 *
 * <pre>
 * low [carries]      zigzag varints, carries only if not 0
 * </pre>
 */
record WideSum(long low, long carries) {
    static final WideSum ZERO = new WideSum(0, 0);

    static WideSum of(long number) {
        return new WideSum(number, 0);
    }

    WideSum plus(WideSum other) {
        long sum = low + other.low;
        return new WideSum(sum, carries + other.carries + carry(low, other.low, sum));
    }

    /** What the low half of {@code sum = a + b} has lost. */
    static long carry(long a, long b, long sum) {
        if (((a ^ sum) & (b ^ sum)) >= 0) {
            return 0;
        }
        return a < 0 ? -1 : 1;
    }

    BigInteger toBigInteger() {
        return BigInteger.valueOf(carries).shiftLeft(Long.SIZE).add(BigInteger.valueOf(low));
    }

    int size() {
        return ByteUtils.sizeOfVarlong(low) + (carries == 0 ? 0 : ByteUtils.sizeOfVarlong(carries));
    }

    void write(ByteBuffer out) {
        ByteUtils.writeVarlong(low, out);
        if (carries != 0) {
            ByteUtils.writeVarlong(carries, out);
        }
    }

    /** Reads what is left of the buffer. */
    static WideSum read(ByteBuffer in) {
        long low = ByteUtils.readVarlong(in);
        return new WideSum(low, in.hasRemaining() ? ByteUtils.readVarlong(in) : 0);
    }
}
