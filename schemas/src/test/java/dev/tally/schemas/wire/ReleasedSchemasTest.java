package dev.tally.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.CounterEvent;
import dev.tally.CounterTotal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/** Released schemas stay readable, and the schemas that are written now are released. */
class ReleasedSchemasTest {
    private static final Path AVRO = Path.of("src/main/avro");
    private static final Path RELEASED = Path.of("src/main/resources/released");

    private final ReleasedSchemas released = ReleasedSchemas.get();

    @Test
    void shouldReadEveryReleasedSchemaWithTheCurrentOne() throws IOException {
        for (Schema current : current()) {
            for (Schema old : ofName(current.getFullName())) {
                // when
                SchemaCompatibility.SchemaPairCompatibility verdict =
                        SchemaCompatibility.checkReaderWriterCompatibility(current, old);

                // then
                assertThat(verdict.getType())
                        .as(verdict.getDescription())
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @Test
    void shouldHaveReleasedTheCurrentSchemas() throws IOException {
        for (Schema current : current()) {
            // when
            List<Schema> all = ofName(current.getFullName());

            // then
            assertThat(all.get(all.size() - 1))
                    .as("release %s.avsc as a new file of the index", current.getName())
                    .isEqualTo(current);
        }
    }

    @Test
    void shouldListEveryReleasedFile() throws IOException {
        // given
        List<String> index = Files.readAllLines(RELEASED.resolve("index")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        // when
        List<String> files;
        try (Stream<Path> kept = Files.list(RELEASED)) {
            files = kept.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".avsc"))
                    .toList();
        }

        // then
        assertThat(index).containsExactlyInAnyOrderElementsOf(files).doesNotHaveDuplicates();
        assertThat(released.all()).hasSameSizeAs(index);
    }

    /** Existing records contain these IDs. They must never change; new ones may be added. */
    @Test
    void shouldKeepTheReleasedIds() {
        assertThat(released.schema(0x7F000001).getFullName()).isEqualTo("dev.tally.CounterEvent");
        assertThat(released.schema(0x7F000002).getFullName()).isEqualTo("dev.tally.CounterTotal");
        assertThat(released.text(0x7F000001)).startsWith("{").contains("timestamp-millis");
        assertThat(released.schema(0x7F000000)).isNull();
        assertThat(released.schema(0x7F000003)).isNull();
        assertThat(released.text(-1)).isNull();
    }

    @Test
    void shouldWriteWithTheNewest() {
        assertThat(released.schema(released.eventId()).getFields())
                .hasSameSizeAs(CounterEvent.getClassSchema().getFields());
        assertThat(released.schema(released.totalId()).getFields())
                .hasSameSizeAs(CounterTotal.getClassSchema().getFields());
    }

    private List<Schema> ofName(String fullName) {
        List<Schema> all = released.all().stream()
                .filter(schema -> schema.getFullName().equals(fullName))
                .toList();
        assertThat(all).as("released schemas named %s", fullName).isNotEmpty();
        return all;
    }

    private static List<Schema> current() throws IOException {
        try (Stream<Path> files = Files.list(AVRO)) {
            return files.map(ReleasedSchemasTest::parse).toList();
        }
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
