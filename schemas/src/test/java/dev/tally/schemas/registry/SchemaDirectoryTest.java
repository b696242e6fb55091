package dev.tally.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.wire.ReleasedSchemas;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaDirectoryTest {
    private static final Schema SCHEMA = ReleasedSchemas.get().all().get(0);

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final SchemaDirectory directory = new SchemaDirectory(registry);

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void shouldReturnReleasedSchemasWithoutALookupWhenThereIsARegistry() {
        // given
        registry.away = true;

        // then
        assertThat(directory.schema(ReleasedSchemas.FIRST_ID)).isEqualTo(SCHEMA);
        assertThat(directory.ask(ReleasedSchemas.FIRST_ID)).isEqualTo(new SchemaAnswer.Known(SCHEMA));
        assertThat(registry.questions).hasValue(0);
    }

    @Test
    void shouldKnowEveryIdWhenThereIsNoRegistry() {
        try (SchemaDirectory released = SchemaDirectory.ofReleased()) {
            // then
            assertThat(released.ask(1)).isEqualTo(new SchemaAnswer.Known(null));
            assertThat(released.ids()).isCompletedWithValue(SchemaIds.fixed());
            assertThat(released.hasRegistry()).isFalse();
        }
    }

    @Test
    void shouldLookUpAnIdOnceWhenTheRegistryAnswers() {
        // given
        registry.schemas.put(1, SCHEMA);

        // when
        for (int i = 0; i < 10; i++) {
            assertThat(directory.schema(1)).isEqualTo(SCHEMA);
            assertThat(directory.schema(2)).isNull();
        }

        // then
        assertThat(registry.questions).hasValue(2);
    }

    @Test
    void shouldReturnPendingAndRetryWhenTheRegistryIsUnavailable() {
        // given
        registry.away = true;
        registry.schemas.put(1, SCHEMA);

        // when
        assertThat(directory.ask(1)).isEqualTo(new SchemaAnswer.Pending(null));

        // then
        await().until(() -> directory.ask(1).equals(new SchemaAnswer.Pending("gone fishing")));

        // when
        registry.away = false;

        // then
        await().until(() -> directory.ask(1).equals(new SchemaAnswer.Known(SCHEMA)));
    }

    @Test
    void shouldThrowInBoundedTimeWhenTheRegistryStaysUnavailable() {
        // given
        registry.away = true;
        long start = System.nanoTime();

        // then
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> directory.schema(1))
                .withMessage("gone fishing");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void shouldEvictTheLeastRecentlyUsedWhenTheCacheIsFull() {
        // given
        registry.schemas.put(1, SCHEMA);
        directory.schema(1);

        // when
        for (int id = 2; id < 1_200; id++) {
            assertThat(directory.schema(id)).isNull();
        }
        int before = registry.questions.get();

        // then
        assertThat(directory.schema(1)).isEqualTo(SCHEMA);
        assertThat(registry.questions).hasValue(before + 1);
    }

    @Test
    void shouldRegisterAllReleasesUnderTheirTopicsWhenTheRegistryBecomesAvailable() {
        // given
        registry.away = true;

        // when
        var ids = directory.ids();
        await().until(() -> directory.waitingFor().equals("gone fishing"));
        assertThat(ids).isNotDone();
        registry.away = false;

        // then
        assertThat(ids).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(new SchemaIds(7, 8));
        ReleasedSchemas released = ReleasedSchemas.get();
        assertThat(registry.subjects)
                .containsEntry("tally.events-value", released.texts("dev.tally.CounterEvent"))
                .containsEntry("tally.totals-value", released.texts("dev.tally.CounterTotal"))
                .hasSize(2);
    }

    @Test
    void shouldFailWithoutRetryWhenTheRegistryRefuses() {
        // given
        registry.refuses = true;

        // then
        assertThat(directory.ids())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(RegistryRefusedException.class)
                .withMessageContaining("no tally.events-value here");
    }

    @Test
    void shouldReturnTheTextAsItWasReleased() {
        assertThat(directory.text(ReleasedSchemas.FIRST_ID))
                .isEqualTo(ReleasedSchemas.get().text(ReleasedSchemas.FIRST_ID));
        assertThat(List.of(directory.text(ReleasedSchemas.FIRST_ID + 1)))
                .first()
                .asString()
                .contains("CounterTotal");
    }
}
