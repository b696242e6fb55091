package dev.tally.streams.runtime;

/**
 * Ends a consumer's poll from other threads. {@code KafkaConsumer.wakeup} makes the current call, or the next one, throw a
 * {@code WakeupException}, which Kafka Streams does not handle. It is therefore issued only while the consumer polls, at most
 * once per poll, and the poll consumes it.
 *
 * <p>{@link #ask} is for any thread, all other methods are for the thread that polls.
 */
final class PollWakeups {
    private final Runnable wakeup;
    private boolean polling;
    /** Whether the next poll must return without waiting. */
    private boolean asked;
    /** Whether a wakeup was issued that has not made a call throw yet. */
    private boolean issued;

    /** @param wakeup makes the current call throw; must not block */
    PollWakeups(Runnable wakeup) {
        this.wakeup = wakeup;
    }

    /** Ends the current poll, or makes the next one return without waiting. */
    synchronized void ask() {
        if (!polling) {
            asked = true;
        } else if (!issued) {
            issued = true;
            wakeup.run();
        }
    }

    /** Whether the next poll must return without waiting. */
    synchronized boolean isAsked() {
        return asked;
    }

    /** Called when a poll begins. Returns whether the poll must return without waiting. */
    synchronized boolean begin() {
        polling = true;
        boolean immediate = asked;
        asked = false;
        return immediate;
    }

    /** Called when a call has thrown because of the wakeup. */
    synchronized void thrown() {
        issued = false;
    }

    /** Called when the poll has ended. Returns whether a wakeup is pending, which would make the next call throw. */
    synchronized boolean end() {
        polling = false;
        boolean left = issued;
        issued = false;
        return left;
    }
}
