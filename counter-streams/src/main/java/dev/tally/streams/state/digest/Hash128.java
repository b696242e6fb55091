package dev.tally.streams.state.digest;

/**
 * A hash of 128 bits of a counter's key and of numbers, in order: two independent hashes of 64 bits, which mix each number with the
 * finalizers of SplitMix64 and MurmurHash3. Reused. For one thread.
 */
final class Hash128 {
    private long high;
    private long low;

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** @param kind separates the hashes of different kinds of numbers of one counter */
    void start(KeyHash key, long kind) {
        high = key.high();
        low = key.low();
        add(kind);
    }

    void add(long number) {
        high = mix(high + number);
        low = otherMix(low ^ number);
    }

    private static long mix(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    private static long otherMix(long number) {
        long z = number + 0x6a09e667f3bcc909L;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
