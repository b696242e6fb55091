package dev.tally.benchmarks.counting;

import dev.tally.schemas.wire.EventDecoder;
import dev.tally.schemas.wire.TotalDecoder;
import dev.tally.schemas.wire.TotalEncoder;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The records of the DSL topology, read and written by the same code as Tally's own. */
final class DslRecords {
    private DslRecords() {}

    /** One event, as far as counting needs it. */
    record Hit(long delta, long occurredAtMillis) {}

    /** A counter's state. */
    record Total(long total, long updatedAtMillis) {
        static Total none() {
            return new Total(0, 0);
        }

        Total plus(Hit hit) {
            return new Total(Math.addExact(total, hit.delta()), hit.occurredAtMillis());
        }
    }

    static Serde<Hit> hits() {
        // All stream threads share one serde, but a decoder is for one thread only.
        ThreadLocal<EventDecoder> decoders = ThreadLocal.withInitial(EventDecoder::released);
        Serializer<Hit> neverWritten = (topic, hit) -> {
            throw new SerializationException("events are only read");
        };
        return Serdes.serdeFrom(neverWritten, (topic, bytes) -> {
            EventDecoder decoder = decoders.get();
            if (!decoder.decode(bytes)) {
                throw new SerializationException(decoder.problem());
            }
            return new Hit(decoder.value(), decoder.occurredAtMillis());
        });
    }

    static Serde<Total> totals() {
        ThreadLocal<TotalDecoder> decoders = ThreadLocal.withInitial(TotalDecoder::released);
        TotalEncoder encoder = TotalEncoder.released();
        return Serdes.serdeFrom(
                (topic, total) -> total == null ? null : encoder.encode(total.total(), total.updatedAtMillis(), 0),
                (topic, bytes) -> {
                    TotalDecoder decoder = decoders.get();
                    if (!decoder.decode(bytes)) {
                        throw new SerializationException(decoder.problem());
                    }
                    return new Total(decoder.total(), decoder.updatedAtMillis());
                });
    }
}
