package dev.tally.schemas.wire;

import dev.tally.schemas.utf8.ClassPathText;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All released schemas of Tally, on the class path, with fixed ids. They need no registry. Their ids start at
 * {@value #FIRST_ID}, which is too high for a registry to assign. Immutable.
 */
public final class ReleasedSchemas implements SchemaLookup {
    /** 0x7F000001: the id of the first released schema. */
    public static final int FIRST_ID = 0x7F000001;

    private static final String DIRECTORY = "/released/";
    private static final ReleasedSchemas INSTANCE = read();

    private final List<String> texts;
    private final List<Schema> schemas;

    private ReleasedSchemas(List<String> texts, List<Schema> schemas) {
        this.texts = List.copyOf(texts);
        this.schemas = List.copyOf(schemas);
    }

    public static ReleasedSchemas get() {
        return INSTANCE;
    }

    @Override
    public @Nullable Schema schema(int id) {
        return isReleased(id) ? schemas.get(id - FIRST_ID) : null;
    }

    /** The schema's text as it was released, JSON; null if the id is not that of a released schema. */
    public @Nullable String text(int id) {
        return isReleased(id) ? texts.get(id - FIRST_ID) : null;
    }

    /** All released schemas, in the order of their ids. */
    public List<Schema> all() {
        return schemas;
    }

    /** The texts of all releases of one record, oldest first. */
    public List<String> texts(String fullName) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < schemas.size(); i++) {
            if (schemas.get(i).getFullName().equals(fullName)) {
                found.add(texts.get(i));
            }
        }
        return found;
    }

    /** The id of the newest {@code dev.tally.CounterEvent}, used to write events. */
    public int eventId() {
        return newest("dev.tally.CounterEvent");
    }

    /** The id of the newest {@code dev.tally.CounterTotal}, used to write totals. */
    public int totalId() {
        return newest("dev.tally.CounterTotal");
    }

    private boolean isReleased(int id) {
        return id >= FIRST_ID && id < FIRST_ID + schemas.size();
    }

    private int newest(String fullName) {
        for (int i = schemas.size() - 1; i >= 0; i--) {
            if (schemas.get(i).getFullName().equals(fullName)) {
                return FIRST_ID + i;
            }
        }
        throw new IllegalStateException("no released schema is named " + fullName);
    }

    private static ReleasedSchemas read() {
        List<String> texts = new ArrayList<>();
        List<Schema> schemas = new ArrayList<>();
        ClassPathText.of(ReleasedSchemas.class, DIRECTORY + "index")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(file -> {
                    String text = ClassPathText.of(ReleasedSchemas.class, DIRECTORY + file);
                    texts.add(text);
                    schemas.add(new Schema.Parser().parse(text));
                });
        return new ReleasedSchemas(texts, schemas);
    }
}
