package dev.tally.schemas.generation;

import java.util.Locale;

/** How far a {@link Change} is. */
public enum Phase {
    /** Recorded by the command; no instance has acted on it yet. */
    REQUESTED,
    /** The new generation counts the log from where it is, and feeds nobody. */
    COUNTING,
    /** The new generation stops where it is, so that it is not ahead of the live one. */
    HOLDING,
    /** Of each partition, the live generation takes a digest of its state as it goes on; the new one takes its own at the same event. */
    COMPARING,
    /** Ended without a switch, for the reason in the outcome. */
    REFUSED,
    /** The live generation stops where it is, and the new one at the same events. Both commit. Reads continue. */
    STOPPING,
    /**
     * The new generation is live. Both stay where they stopped until no instance answers from the old one any more, so that no
     * reader goes backward.
     */
    MOVING;

    /** The name in the record: lower-case letters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Phase of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
