package dev.tally.standalone.http;

import java.util.List;

/**
 * What runs, for the home page of a standalone Tally.
 *
 * @param version the version of Tally
 * @param http the base URL
 * @param kafka {@code host:port}
 * @param dataDirectory the directory of all data
 * @param commands to try, each one line for a shell
 */
public record Installation(String version, String http, String kafka, String dataDirectory, List<String> commands) {
    public Installation {
        commands = List.copyOf(commands);
    }
}
