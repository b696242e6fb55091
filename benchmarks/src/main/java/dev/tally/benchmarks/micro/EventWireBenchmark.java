package dev.tally.benchmarks.micro;

import dev.tally.Operation;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.EventEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Encodes one event to the bytes of the log, and decodes it. */
@State(Scope.Thread)
public class EventWireBenchmark {
    private static final long NOON = 1_795_000_000_000L;

    private final EventEncoder encoder = EventEncoder.released();
    private final EventDecoder decoder = EventDecoder.released();
    private final byte[] plain = encoder.encode(Operation.ADD, 1, null, NOON, null);
    private final byte[] full = encoder.encode(Operation.ADD, 1, "order-4711", NOON, "checkout");
    private long delta;

    @Benchmark
    public byte[] encode() {
        return encoder.encode(Operation.ADD, delta++, null, NOON, null);
    }

    @Benchmark
    public byte[] encodeWithIdAndSource() {
        return encoder.encode(Operation.ADD, delta++, "order-4711", NOON, "checkout");
    }

    @Benchmark
    public long decode() {
        return decoder.decode(plain) ? decoder.value() : -1;
    }

    @Benchmark
    public long decodeWithIdAndSource() {
        return decoder.decode(full) ? decoder.value() : -1;
    }
}
