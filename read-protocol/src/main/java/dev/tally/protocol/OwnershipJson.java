package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tally.protocol.Fields.Field;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.Ownership.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads {@link Ownership} as JSON. */
final class OwnershipJson {
    static final Codec<Ownership> CODEC = new Codec<>(OwnershipJson::write, OwnershipJson::read);

    private static final Field<String> GENERATION = new Field<>("generation", Json::string);
    private static final Field<Integer> PARTITION_COUNT = new Field<>("partitions", Json::smallNumber);
    private static final Field<List<Owner>> OWNERS = new Field<>("owners", OwnershipJson::owners);
    private static final List<Field<?>> FIELDS = List.of(GENERATION, PARTITION_COUNT, OWNERS);

    private static final Field<String> ENDPOINT = new Field<>("endpoint", Json::string);
    private static final Field<List<Integer>> PARTITIONS = new Field<>("partitions", OwnershipJson::partitions);
    private static final List<Field<?>> OWNER_FIELDS = List.of(ENDPOINT, PARTITIONS);

    private OwnershipJson() {}

    private static void write(Ownership ownership, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField(GENERATION.name(), ownership.generation());
        out.writeNumberField(PARTITION_COUNT.name(), ownership.partitions());
        out.writeArrayFieldStart(OWNERS.name());
        for (Owner owner : ownership.owners()) {
            out.writeStartObject();
            out.writeStringField(ENDPOINT.name(), owner.endpoint());
            out.writeArrayFieldStart(PARTITIONS.name());
            for (int partition : owner.partitions()) {
                out.writeNumber(partition);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static Ownership read(JsonParser in) throws IOException, MalformedAnswerException {
        Fields fields = Fields.read(in, FIELDS);
        try {
            return new Ownership(fields.get(GENERATION), fields.get(PARTITION_COUNT), fields.get(OWNERS));
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("a partition that cannot be", e);
        }
    }

    private static List<Owner> owners(JsonParser in) throws IOException, MalformedAnswerException {
        List<Owner> owners = new ArrayList<>();
        Json.array(in, () -> {
            Fields fields = Fields.read(in, OWNER_FIELDS);
            owners.add(new Owner(fields.get(ENDPOINT), fields.get(PARTITIONS)));
        });
        return owners;
    }

    private static List<Integer> partitions(JsonParser in) throws IOException, MalformedAnswerException {
        List<Integer> partitions = new ArrayList<>();
        Json.array(in, () -> partitions.add(Json.smallNumber(in)));
        return partitions;
    }
}
