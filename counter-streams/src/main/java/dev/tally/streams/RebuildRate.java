package dev.tally.streams;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Generations;
import dev.tally.schemas.generation.Phase;
import dev.tally.streams.runtime.EventRate;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which generations the setting {@link StreamsSettings#REBUILD_RATE} limits: those that are not live and that no other one awaits.
 */
final class RebuildRate {
    /** A replacement is awaited by every read. Otherwise the new generation goes on to the event at which the live one is compared or stands. Its own limit keeps that short. */
    private static final Set<Phase> AWAITED = EnumSet.of(Phase.HOLDING, Phase.COMPARING, Phase.STOPPING, Phase.MOVING);

    private RebuildRate() {}

    /**
     * The events a second that a generation may count.
     *
     * @param setting the value of the setting
     */
    static int of(Generations now, String name, int setting) {
        Change change = now.change();
        boolean isAwaited = change != null
                && change.to().equals(name)
                && (change.isReplacement() || AWAITED.contains(change.phase()));
        return name.equals(now.live()) || isAwaited ? EventRate.UNLIMITED : setting;
    }
}
