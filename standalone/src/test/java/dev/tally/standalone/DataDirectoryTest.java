package dev.tally.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.service.lifecycle.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void shouldReportTheOwnerWhenLockedTwice() {
        // given
        Path path = parent.resolve("data");
        try (DataDirectory first = DataDirectory.take(path)) {
            assertThat(first.path()).isEqualTo(path);

            // when / then
            assertThatThrownBy(() -> DataDirectory.take(path))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("Data directory " + path + " is in use by another Tally (pid "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void shouldReleaseTheLockWhenClosed() {
        // given
        DataDirectory.take(parent).close();

        // when
        try (DataDirectory again = DataDirectory.take(parent)) {
            // then
            assertThat(again.kafka()).isEqualTo(parent.resolve("kafka"));
            assertThat(again.streams()).isEqualTo(parent.resolve("streams"));
        }
    }

    @Test
    void shouldRefuseADataDirectoryThatIsAFile() throws Exception {
        // given
        Path file = Files.writeString(parent.resolve("data"), "not a directory");

        // when / then
        assertThatThrownBy(() -> DataDirectory.take(file))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("Data directory " + file + " cannot be used: ");
    }
}
