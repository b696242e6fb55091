package dev.tally.system.guarantee;

import dev.tally.system.log.LogModel;
import dev.tally.system.log.LoggedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of the log by the token that their client gave them. */
final class EventsByToken {
    private final Map<String, List<LoggedEvent>> events = new HashMap<>();

    EventsByToken(LogModel log) {
        for (LoggedEvent event : log.events()) {
            if (event.source() != null) {
                events.computeIfAbsent(event.source(), token -> new ArrayList<>(1))
                        .add(event);
            }
        }
    }

    List<LoggedEvent> of(String token) {
        return events.getOrDefault(token, List.of());
    }
}
