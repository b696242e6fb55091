package dev.tally.schemas.read;

/** The outcome of an event. */
public enum EventOutcome {
    /** It was applied. */
    APPLIED,
    /** It was dropped: its id had been applied to the counter within the window. */
    DUPLICATE,
    /** It was rejected: within the window, an event with the same id but other content had been applied to the counter. */
    ID_REUSED,
    /** It was rejected: the total would have exceeded the 64-bit range. */
    OVERFLOW,
    /** Unknown: it was processed too long ago or before a restart, and the state no longer holds its outcome. */
    FORGOTTEN
}
