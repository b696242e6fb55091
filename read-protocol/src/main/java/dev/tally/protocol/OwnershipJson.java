package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.Ownership.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and parses {@link Ownership} as JSON. */
final class OwnershipJson {
    private @Nullable String generation;
    private @Nullable Integer partitions;
    private @Nullable List<Owner> owners;

    private OwnershipJson() {}

    static byte[] write(Ownership ownership) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeStringField("generation", ownership.generation());
            out.writeNumberField("partitions", ownership.partitions());
            out.writeArrayFieldStart("owners");
            for (Owner owner : ownership.owners()) {
                write(owner, out);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    static Ownership parse(byte[] json) throws MalformedAnswerException {
        return Json.parse(json, in -> new OwnershipJson().read(in));
    }

    private static void write(Owner owner, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("endpoint", owner.endpoint());
        out.writeArrayFieldStart("partitions");
        for (int partition : owner.partitions()) {
            out.writeNumber(partition);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private Ownership read(JsonParser in) throws IOException, MalformedAnswerException {
        Json.object(in, name -> {
            switch (name) {
                case "generation" -> generation = Json.string(in);
                case "partitions" -> partitions = Json.smallNumber(in);
                case "owners" -> owners = owners(in);
                default -> throw Json.unknownField(name);
            }
        });
        try {
            return new Ownership(
                    Json.required(generation, "generation"),
                    Json.required(partitions, "partitions"),
                    Json.required(owners, "owners"));
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("a partition that cannot be", e);
        }
    }

    private static List<Owner> owners(JsonParser in) throws IOException, MalformedAnswerException {
        Json.expect(in, JsonToken.START_ARRAY);
        List<Owner> owners = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            owners.add(new OwnerFields().read(in));
        }
        return owners;
    }

    private static final class OwnerFields {
        private @Nullable String endpoint;
        private @Nullable List<Integer> partitions;

        private Owner read(JsonParser in) throws IOException, MalformedAnswerException {
            Json.object(in, name -> {
                switch (name) {
                    case "endpoint" -> endpoint = Json.string(in);
                    case "partitions" -> partitions = numbers(in);
                    default -> throw Json.unknownField(name);
                }
            });
            return new Owner(Json.required(endpoint, "endpoint"), Json.required(partitions, "partitions"));
        }

        private static List<Integer> numbers(JsonParser in) throws IOException, MalformedAnswerException {
            Json.expect(in, JsonToken.START_ARRAY);
            List<Integer> numbers = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                numbers.add(Json.smallNumber(in));
            }
            return numbers;
        }
    }
}
