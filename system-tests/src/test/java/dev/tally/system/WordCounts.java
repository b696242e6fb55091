package dev.tally.system;

import dev.tally.system.harness.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The words of a text, and the number of occurrences of each according to independent command-line tools.
 *
 * @param words in the order of the text
 */
record WordCounts(List<String> words, Map<String, Long> counts) {
    private static final String PIPELINE = "tr -s '[:space:]' '\\n' < \"$0\" | grep . | LC_ALL=C sort | uniq -c";

    static WordCounts byTheShell() {
        try {
            Path text = Path.of(Objects.requireNonNull(WordCounts.class.getResource("/oracle/licence.txt"))
                    .toURI());
            CommandRun pipeline = CommandRun.run(Map.of(), List.of("sh", "-c", PIPELINE, text.toString()), "")
                    .orFail();
            Map<String, Long> counts = new TreeMap<>();
            for (String line : pipeline.lines()) {
                String[] columns = line.strip().split(" ", 2);
                counts.put(columns[1], Long.valueOf(columns[0]));
            }
            List<String> words = Arrays.stream(Files.readString(text).split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
            return new WordCounts(words, counts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
