package dev.tally.system.bad;

import java.util.List;
import java.util.stream.Stream;

/** The whole table of bad requests. */
public final class BadRequests {
    private BadRequests() {}

    /** Requests that are well-formed HTTP with invalid content. */
    public static List<BadRequest> wellFormed() {
        return Stream.of(
                        BadTargets.names(),
                        BadTargets.pathsAndMethods(),
                        BadTargets.parameters(),
                        BadTargets.receiptsAndWaits(),
                        BadTargets.lookups(),
                        BadStateReads.histories(),
                        BadStateReads.explanations(),
                        BadStateReads.lists(),
                        BadStateReads.pathsAndMethods(),
                        BadTargets.idsAndWaits(),
                        BadTargets.corrections(),
                        BadBodies.values(),
                        BadBodies.shapes(),
                        BadBodies.encodingsAndSizes(),
                        BadBatches.all(),
                        BadCallers.hosts(),
                        BadCallers.origins())
                .flatMap(List::stream)
                .toList();
    }

    /** Bytes on a socket that are not well-formed HTTP. */
    public static List<BadRequest> malformed() {
        return Stream.of(BadBytes.requestLines(), BadBytes.hosts(), BadBytes.headers(), BadBytes.framing())
                .flatMap(List::stream)
                .toList();
    }

    /** Requests that end early or have invalid framing. */
    public static List<BadRequest> brokenOff() {
        return BadBytes.brokenOff();
    }
}
