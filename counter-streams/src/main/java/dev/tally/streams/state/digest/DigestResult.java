package dev.tally.streams.state.digest;

/** The outcome of a {@link DigestRequest}. */
public sealed interface DigestResult {
    /** The digest was taken. */
    record Taken(StateDigest digest) implements DigestResult {}

    /**
     * The state is already beyond the requested offset.
     *
     * @param appliedOffset the applied offset at the time of the check; later digests are possible
     */
    record Beyond(long appliedOffset) implements DigestResult {}

    /** This process does not serve the partition, or it stopped to serve it before the digest was complete. */
    record NotServed() implements DigestResult {}

    /**
     * The digest was not taken for another reason.
     *
     * @param why one clause, for example {@code another digest of the partition is not complete}
     */
    record NotTaken(String why) implements DigestResult {}
}
