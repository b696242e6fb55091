package dev.tally.query.view;

import java.util.List;

/**
 * What runs, for the page of a whole Tally.
 *
 * @param version of Tally
 * @param http the base URL
 * @param kafka {@code host:port}
 * @param dataDirectory where everything is kept
 * @param commands to try, each one line for a shell
 */
public record Installation(String version, String http, String kafka, String dataDirectory, List<String> commands) {
    public Installation {
        commands = List.copyOf(commands);
    }
}
