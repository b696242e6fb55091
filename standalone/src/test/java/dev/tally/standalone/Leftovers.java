package dev.tally.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that what was started in this JVM since a point in time has ended: threads, and open files under a directory. */
final class Leftovers {

    private static final Duration END_MAX = Duration.ofSeconds(20);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Threads that a library starts once for the lifetime of the JVM, and the threads of the test's own HTTP client. */
    private static final List<String> FOR_THE_JVM = List.of(
            "metrics-meter-tick-thread",
            "awaitility",
            "HttpClient-",
            "process reaper",
            "ForkJoinPool.commonPool",
            "Common-Cleaner");

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();
    private final Path directory;

    private Leftovers(Path directory) {
        this.directory = directory;
    }

    static Leftovers since(Path directory) {
        return new Leftovers(directory);
    }

    void assertNone() {
        await().atMost(END_MAX).untilAsserted(() -> assertThat(threads()).isEmpty());
        await().atMost(END_MAX).untilAsserted(() -> assertThat(openFiles()).isEmpty());
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> FOR_THE_JVM.stream().noneMatch(thread.getName()::startsWith))
                .toList();
    }

    private List<Path> openFiles() throws IOException {
        Path root = directory.toRealPath();
        List<Path> open = new ArrayList<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
                descriptors.forEach(descriptor -> addTarget(descriptor, open));
            }
        }
        open.removeIf(file -> !file.startsWith(root));
        return open;
    }

    private static void addTarget(Path descriptor, List<Path> open) {
        try {
            open.add(Files.readSymbolicLink(descriptor));
        } catch (IOException closedMeanwhile) {
            // The descriptor of this directory listing is closed too.
        }
    }
}
