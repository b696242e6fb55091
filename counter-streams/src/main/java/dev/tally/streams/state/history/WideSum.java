package dev.tally.streams.state.history;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * A sum of 64-bit numbers that may exceed 64 bits: {@code low + carries * 2^64}. A bucket is the sum of all added values, which
 * can exceed every total of the counter if SETs occur in between.
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

    /** The carry of the 64-bit addition {@code sum = a + b}. */
    static long carry(long a, long b, long sum) {
        if (((a ^ sum) & (b ^ sum)) >= 0) {
            return 0;
        }
        return a < 0 ? -1 : 1;
    }

    /** The upper half of the sum as a 128-bit number, of which {@link #low} is the lower half. */
    long high() {
        return carries + (low >> (Long.SIZE - 1));
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

    /** Reads the rest of the buffer. */
    static WideSum read(ByteBuffer in) {
        long low = ByteUtils.readVarlong(in);
        return new WideSum(low, in.hasRemaining() ? ByteUtils.readVarlong(in) : 0);
    }
}
