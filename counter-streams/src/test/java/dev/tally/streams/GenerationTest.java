package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationTest {
    @Test
    void shouldNameTheGroupAfterTheGeneration() {
        assertThat(StreamsSettings.read(Environment.of(SettingNames.ALL, Map.of(), Map.of()))
                        .generation()
                        .applicationId())
                .isEqualTo("tally-g1");
        assertThat(new Generation("g2").applicationId()).isEqualTo("tally-g2");
    }

    @Test
    void shouldRefuseANameThatATopicCannotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Generation("g/1"))
                .withMessage("generation: g/1 (expected: lower-case letters and digits)");
    }
}
