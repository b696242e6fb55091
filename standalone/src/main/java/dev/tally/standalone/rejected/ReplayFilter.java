package dev.tally.standalone.rejected;

import dev.tally.schemas.name.CounterName;
import dev.tally.streams.topology.Rejection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rejected events are to be appended again.
 *
 * @param reason null for every reason
 * @param counter null for every counter
 */
public record ReplayFilter(
        @Nullable Rejection reason, @Nullable CounterName counter) {
    /**
     * Whether a matching event may be appended. Its client gave one id to two different events, and only the operator can tell
     * whether both are to count. So this reason must be named.
     */
    boolean allows(RejectedEvent event) {
        return reason != null || !event.isReuse();
    }

    boolean matches(RejectedEvent event) {
        return (reason == null || reason.reason().equals(event.reason()))
                && (counter == null || Arrays.equals(counter.key(), event.key()));
    }
}
