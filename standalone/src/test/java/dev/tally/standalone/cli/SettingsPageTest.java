package dev.tally.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} matches the declarations. {@code -Dtally.docs.write} rewrites the page. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void shouldMatchTheDeclarations() throws IOException {
        // given
        String expected = SettingsPage.markdown();
        if (System.getProperty("tally.docs.write") != null) {
            Files.writeString(PAGE, expected);
        }

        // then
        assertThat(PAGE)
                .as("run the build with -Dtally.docs.write to rewrite it")
                .hasContent(expected);
    }
}
