package dev.tally.standalone.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The counters of a list, one per line: the name, a tab, the exact digits of the total. No name contains a tab or a
 * line end.
 */
final class CounterLines {

    private static final JsonFactory JSON = new JsonFactory();

    private CounterLines() {}

    /** @throws CommandFailedException if the answer is not a list, so the server is not Tally */
    static List<String> of(TallyClient.Answer answer) {
        List<String> lines = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(answer.body())) {
            if (findCounters(parser)) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    lines.add(line(parser));
                }
                return lines;
            }
        } catch (IOException notJson) {
            // The sentence below shows the body.
        }
        throw answer.lacks("counters");
    }

    private static boolean findCounters(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = parser.currentName().equals("counters");
            boolean list = parser.nextToken() == JsonToken.START_ARRAY;
            if (found) {
                return list;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static String line(JsonParser parser) throws IOException {
        String counter = "";
        String total = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("counter")) {
                counter = parser.getText();
            } else if (name.equals("total")) {
                total = parser.getText();
            }
            parser.skipChildren();
        }
        return counter + "\t" + total;
    }
}
