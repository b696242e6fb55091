package dev.tally.system.docs;

import dev.tally.system.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The user documentation of the repository: README.md, docs/ and the README.md of each module. */
public final class Pages {
    private Pages() {}

    public static List<Path> all() {
        List<Path> pages = new ArrayList<>(List.of(of("README.md")));
        pages.addAll(list(of("docs")).filter(Pages::isMarkdown).toList());
        pages.addAll(list(Repository.root())
                .map(module -> module.resolve("README.md"))
                .filter(Files::exists)
                .toList());
        return pages;
    }

    public static Path of(String name) {
        return Repository.root().resolve(name);
    }

    public static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path of the page relative to the repository. */
    static String name(Path page) {
        return Repository.root().relativize(page).toString();
    }

    private static boolean isMarkdown(Path file) {
        return file.toString().endsWith(".md");
    }

    /** The direct entries of a directory, sorted. */
    private static Stream<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
