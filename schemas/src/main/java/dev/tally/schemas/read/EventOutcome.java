package dev.tally.schemas.read;

/** What became of an event. */
public enum EventOutcome {
    /** It was applied. */
    APPLIED,
    /** It was dropped: its id had been applied to the counter within the window. */
    DUPLICATE,
    /** It was rejected: its id had been applied to the counter within the window by an event of other content. */
    ID_REUSED,
    /** It was rejected: the total would have left the range of 64 bits. */
    OVERFLOW,
    /** It was dealt with too long ago, or before a restart: the state does not tell any more. */
    FORGOTTEN
}
