package dev.tally.service.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tally.service.http.problem.ProblemException;
import dev.tally.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBatchTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n{\"a\":2}",
                "{\"a\":1}\n{\"a\":2}\n",
                "\n \r\n{\"a\":1}\r\n\t\n{\"a\":2} \n\n",
                "[{\"a\":1},{\"a\":2}]",
                " \n[ {\"a\":1}\n,\n{\"a\":2} ]\n ",
            })
    void shouldReadEveryObjectWhenAllAreGood(String body) {
        assertThat(read(body)).extracting(Item::value).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "[]", " [ ] "})
    void shouldReadNothingWhenTheBatchIsEmpty(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void shouldNameEveryBadLineWhenThereAreSeveral() {
        // given
        String body = String.join(
                "\n",
                "{\"a\":1}",
                "{\"a\":1.5}",
                "",
                "{\"a\":",
                "{\"a\":4}{\"a\":5}",
                "{\"a\":6} x",
                "[{\"a\":7}]",
                "{\"b\":8}",
                "{\"a\":9}");

        // when
        List<Item> items = read(body);

        // then
        assertThat(items)
                .extracting(item -> item.line() + " " + item.value())
                .containsExactly(
                        "1 1",
                        "2 invalid_value",
                        "4 invalid_json",
                        "5 invalid_json",
                        "6 invalid_json",
                        "7 invalid_json",
                        "8 unknown_field",
                        "9 9");
    }

    @Test
    void shouldRefuseAnObjectWhenItGoesOnOnTheNextLine() {
        assertThat(read("{\"a\":1}\n{\"a\":\n2}\n{\"a\":3}"))
                .extracting(item -> item.line() + " " + item.value())
                .containsExactly("1 1", "2 invalid_json", "3 invalid_json", "4 3");
    }

    @Test
    void shouldSayWhatIsWrongWithTheLineItself() {
        // given
        JsonBatch batch = JsonBatch.open("{\"a\":1}\nx\n{\"a\":\n1}".getBytes(StandardCharsets.UTF_8));
        batch.next();
        value(batch);

        // when
        ProblemException word = problem(batch);
        ProblemException goesOn = problem(batch);

        // then
        assertThat(word.detail()).startsWith("body: line 2, column ").contains("'x'");
        assertThat(goesOn.detail())
                .isEqualTo("body: line 3: the object does not end on its line (expected: one object a line)");
    }

    private static ProblemException problem(JsonBatch batch) {
        try {
            batch.next();
            value(batch);
            throw new AssertionError("No problem at line " + batch.line());
        } catch (ProblemException e) {
            return batch.recover(e);
        }
    }

    @Test
    void shouldNameEveryBadElementWhenTheArrayItselfIsWellFormed() {
        assertThat(read("[{\"a\":1},{\"a\":{\"x\":[1]}},5,{\"b\":{\"a\":1}},{\"a\":5}]"))
                .extracting(item -> item.line() + " " + item.value())
                .containsExactly("1 1", "2 invalid_value", "3 invalid_json", "4 unknown_field", "5 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"a\":1},{\"a\":|2 invalid_json",
                "[{\"a\":1} {\"a\":2}]|2 invalid_json",
                "[{\"a\":1},]|2 invalid_json",
                "[{\"a\":1}|2 invalid_json",
                "[{\"a\":1}] x|2 invalid_json",
            })
    void shouldStopAtTheElementWhenTheArrayIsBroken(String body, String last) {
        // when
        List<Item> items = read(body);

        // then
        assertThat(items).hasSize(2);
        assertThat(items.get(1).line() + " " + items.get(1).value()).isEqualTo(last);
    }

    @Test
    void shouldNameTheLinesWhenBytesAreNotUtf8() {
        // given
        byte[] body = "{\"a\":1}\n{\"a\":?}\n{\"a\":3}\n?\n{\"a\":5}".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < body.length; i++) {
            body[i] = body[i] == '?' ? (byte) 0xFF : body[i];
        }

        // then
        assertThat(read(body))
                .extracting(item -> item.line() + " " + item.value())
                .containsExactly("1 1", "2 invalid_json", "3 3", "4 invalid_json", "5 5");
    }

    @Test
    void shouldSeeTheSameGoodLinesWhateverStandsBetweenThem() {
        long seed = Seed.printed(JsonBatchTest.class);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            // given
            String[] pieces = {
                "{\"a\":7}", "{\"a\":7}", "{\"a\":-}", "{", "}", "", " ", "\u00e9", "{\"a\":\"x\"}", "{\"a\":7}]"
            };
            List<Integer> good = new ArrayList<>();
            StringBuilder body = new StringBuilder("{\"a\":7}");
            good.add(1);
            int lines = 1 + random.nextInt(12);
            for (int line = 2; line <= lines; line++) {
                int piece = random.nextInt(pieces.length);
                if (piece < 2) {
                    good.add(line);
                }
                body.append('\n').append(pieces[piece]);
            }

            // then
            assertThat(read(body.toString()).stream()
                            .filter(item -> item.value().equals("7"))
                            .map(Item::line)
                            .toList())
                    .as("seed %d: %s", seed, body)
                    .isEqualTo(good);
        }
    }

    @Test
    void shouldReadTheRightLinesWhenOthersAreReadWithoutItsReader() {
        // given
        byte[] body =
                "{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}\n{\"a\":4\n{\"a\":5}\n{\"a\":6}".getBytes(StandardCharsets.UTF_8);
        List<String> read = new ArrayList<>();

        // when
        try (JsonBatch batch = JsonBatch.open(body)) {
            while (batch.next()) {
                String line = new String(
                        body, batch.lineStart(), batch.lineEnd() - batch.lineStart(), StandardCharsets.UTF_8);
                boolean withReader = batch.line() == 1 || batch.line() == 4 || batch.line() == 7;
                read.add(batch.line() + " " + (withReader ? value(batch) : line));
            }
        }

        // then
        assertThat(read).containsExactly("1 1", "2 {\"a\":2}", "4 3", "5 {\"a\":4", "6 {\"a\":5}", "7 6");
    }

    @Test
    void shouldHaveNoReaderBeforeTheFirstLine() {
        assertThatIllegalStateException()
                .isThrownBy(() -> JsonBatch.open(new byte[] {'{'}).reader());
    }

    private static List<Item> read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads as an endpoint does. Returns the value of each item, or its error code. */
    private static List<Item> read(byte[] body) {
        List<Item> items = new ArrayList<>();
        try (JsonBatch batch = JsonBatch.open(body)) {
            boolean goOn = true;
            while (goOn) {
                try {
                    goOn = batch.next();
                    if (goOn) {
                        items.add(new Item(batch.line(), value(batch)));
                    }
                } catch (ProblemException e) {
                    items.add(new Item(batch.line(), batch.recover(e).code().code()));
                }
            }
        }
        return items;
    }

    private static String value(JsonBatch batch) {
        JsonReader json = batch.reader();
        String value = "none";
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            if (!field.equals("a")) {
                throw json.unknownField("a");
            }
            value = String.valueOf(json.wholeNumber());
        }
        batch.endItem();
        return value;
    }

    private record Item(int line, String value) {}
}
