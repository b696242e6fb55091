package dev.tally.standalone.rejected;

import dev.tally.Operation;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.ReplayId;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.EventEncoder;
import dev.tally.schemas.wire.SchemaLookup;
import dev.tally.standalone.rejected.ReplayDecision.Append;
import dev.tally.standalone.rejected.ReplayDecision.Leave;
import dev.tally.streams.topology.FieldLimits;
import dev.tally.streams.topology.Rejection;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Decides whether a rejected event is appended again, and with which id. An event is left if counting would reject it again or
 * would stop at it. The reason alone does not decide that: an event on the wrong partition may be undecodable too, and an
 * undecodable one may have a known schema by now. Whether a total overflows again is known to counting only.
 */
final class ReplayRules {
    /** Maximum size of an event with its headers, in bytes. It is below the maximum batch of {@code tally.events}. */
    static final int EVENT_BYTES_MAX = 1_000_000;

    private final EventDecoder decoder;
    private final EventEncoder encoder;

    /** @param encoder writes the events that get a new id */
    ReplayRules(SchemaLookup schemas, EventEncoder encoder) {
        this.decoder = new EventDecoder(schemas);
        this.encoder = encoder;
    }

    /** @throws dev.tally.schemas.registry.RegistryUnavailableException if the schema of the event cannot be looked up now */
    ReplayDecision decide(RejectedEvent event) {
        Receipt origin = event.origin();
        if (origin == null) {
            return new Leave("its headers tally.partition and tally.offset are not those of a rejected event");
        }
        if (Arrays.stream(Rejection.values()).noneMatch(known -> known.reason().equals(event.reason()))) {
            return new Leave("this version does not know the reason");
        }
        CounterName counter = CounterName.ofKey(event.key());
        byte[] value = event.value();
        if (counter == null) {
            return new Leave("the key is not the UTF-8 of a valid namespace/counter");
        }
        if (value == null || !decoder.decode(value)) {
            return new Leave(value == null ? "the record has no value" : String.valueOf(decoder.problem()));
        }
        if (decoder.operation() == Operation.UNKNOWN) {
            return new Leave("this version does not know the operation, and counting would stop at it: upgrade first");
        }
        FieldLimits.Refusal refusal = FieldLimits.refusal(decoder.idBytes(), decoder.sourceSize());
        if (refusal != null) {
            return new Leave(refusal.detail());
        }
        long bytes = counter.key().length + value.length + size(event.headers());
        return bytes > EVENT_BYTES_MAX
                ? new Leave("it has " + bytes + " bytes with its headers (expected: at most " + EVENT_BYTES_MAX + ")")
                : identified(event, origin, counter, value);
    }

    /** With its id; a new one if it has none or if another event has it. The decoder holds the event. */
    private Append identified(RejectedEvent event, Receipt origin, CounterName counter, byte[] value) {
        if (decoder.hasId() && !event.isReuse()) {
            return new Append(origin, counter, value);
        }
        String id = ReplayId.of(origin.partition(), origin.offset());
        return new Append(
                origin,
                counter,
                encoder.encode(decoder.operation(), decoder.value(), id, decoder.occurredAtMillis(), decoder.source()));
    }

    private static long size(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
