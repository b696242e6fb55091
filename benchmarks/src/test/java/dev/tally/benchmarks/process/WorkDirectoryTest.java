package dev.tally.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void shouldDeleteWhatDeadProcessesLeftWhenCreated() throws Exception {
        // given
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Path left = Files.createDirectories(
                parent.resolve(Long.toString(ended.pid())).resolve("data"));
        Files.writeString(left.resolve("log"), "gigabytes");
        Path inUse = Files.createDirectory(parent.resolve("1"));

        // when
        Path own = WorkDirectory.create(parent);

        // then
        assertThat(parent).isDirectoryContaining(own::equals).isDirectoryContaining(inUse::equals);
        assertThat(left.getParent()).doesNotExist();
    }
}
