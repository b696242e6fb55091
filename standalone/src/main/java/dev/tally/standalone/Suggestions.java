package dev.tally.standalone;

import java.util.List;

/** Commands to try after the first start of Tally. */
final class Suggestions {

    private static final String TALLY = "scripts/tally ";

    private Suggestions() {}

    /** Three lines for a shell, with the options to reach a Tally on other ports. */
    static List<String> of(String url, String bootstrapServers) {
        String http = url.equals("http://127.0.0.1:8080") ? "" : "TALLY_URL=" + url + " ";
        String kafka = bootstrapServers.equals("127.0.0.1:9092")
                ? ""
                : "TALLY_KAFKA_BOOTSTRAP_SERVERS=" + bootstrapServers + " ";
        return List.of(
                http + TALLY + "hit shop/sold --delta 3",
                http + TALLY + "get shop/sold",
                kafka + TALLY + "events shop/sold");
    }
}
