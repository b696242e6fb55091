package dev.tally.streams.runtime;

/**
 * Ends a consumer's poll from other threads. {@code KafkaConsumer.wakeup} makes the call under way, or the next one, throw a
 * {@code WakeupException}, which Kafka Streams handles nowhere; so it is issued only while the consumer polls, at most once a
 * poll, and the poll accounts for it.
 *
 * <p>{@link #ask} is for any thread, the rest for the thread that polls.
 */
final class PollWakeups {
    private final Runnable wakeup;
    private boolean polling;
    /** Whether the next poll is not to wait. */
    private boolean asked;
    /** Whether a wakeup was issued that has not made a call throw yet. */
    private boolean issued;

    /** @param wakeup makes the call under way throw; must not block */
    PollWakeups(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /** Ends the poll under way, or keeps the next one from waiting. */
    synchronized void ask() {
        if (!polling) {
            asked = true;
        } else if (!issued) {
            issued = true;
            wakeup.run();
        }
    }

    /** Whether the next poll is not to wait. */
    synchronized boolean isAsked() {
        return asked;
    }

    /** A poll begins. Returns whether it is not to wait. */
    synchronized boolean begin() {
        polling = true;
        boolean hurried = asked;
        asked = false;
        return hurried;
    }

    /** A call has thrown because of the wakeup. */
    synchronized void thrown() {
        issued = false;
    }

    /** The poll has ended. Returns whether a wakeup is left over, which the next call would throw for. */
    synchronized boolean end() {
        polling = false;
        boolean left = issued;
        issued = false;
        return left;
    }
}
