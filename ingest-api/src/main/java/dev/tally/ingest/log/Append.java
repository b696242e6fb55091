package dev.tally.ingest.log;

import dev.tally.schemas.read.Receipt;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One append in flight, of one event or of many. It is the callback of all its records. The producer's network thread
 * counts them down, and the thread that counts the last one ends the append.
 */
abstract class Append implements Callback {
    private static final int ABANDONED = Integer.MIN_VALUE / 2;

    final AppendListener listener;
    final int events;
    final long bytes;
    /** Taken before the first record was sent. */
    final long startedNanos = System.nanoTime();

    private final KafkaEventLog log;
    private final ProducerSession session;
    private final Thread appender = Thread.currentThread();
    private final AtomicInteger remaining;

    /**
     * Appender's thread: the exception with which the call to send refused a record. {@link #unsent} is the number of
     * records that the producer therefore never received.
     */
    private @Nullable Exception refusal;

    private int unsent;

    /**
     * Network thread: {@code recorded} counts the records in the log, {@link #refused} those that a broker refused for
     * certain. Both are read after the last record.
     */
    private int recorded;

    private int refused;

    Append(KafkaEventLog log, ProducerSession session, AppendListener listener, int events, long bytes) {
        this.log = log;
        this.session = session;
        this.listener = listener;
        this.events = events;
        this.bytes = bytes;
        this.remaining = new AtomicInteger(events);
    }

    /** Network thread: a record of this append is in the log at this offset. */
    abstract void recorded(int partition, long offset);

    /** The highest offset of each partition, if every record is in the log. */
    abstract List<Receipt> receipts();

    @Override
    public final void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null && Thread.currentThread() == appender) {
            refusal = failure; // within the call to send; the appender reads it on return
            return;
        }
        if (failure == null && metadata.hasOffset()) {
            recorded++;
            recorded(metadata.partition(), metadata.offset());
        } else if (failure != null) {
            failed(failure);
        }
        if (remaining.decrementAndGet() == 0) {
            log.completed(this);
        }
    }

    private void failed(Exception failure) {
        if (isRefusal(failure)) {
            refused++;
        } else if (FatalErrors.isFatal(failure)) {
            log.producerFailed(this, failure);
        }
    }

    /** The session that this append uses. */
    final ProducerSession session() {
        return session;
    }

    /** Appender's thread: why the last call to send refused its record without sending it, or null. */
    final @Nullable Exception refusal() {
        return refusal;
    }

    /** Appender's thread: the last {@code count} records are certainly not sent. */
    final void leaveOut(int count) {
        unsent = count;
        if (remaining.addAndGet(-count) == 0) {
            log.completed(this);
        }
    }

    /** Appender's thread: stops counting. Returns true if the append had not ended; the caller must then end it. */
    final boolean abandon() {
        return remaining.getAndSet(ABANDONED) > 0;
    }

    final boolean isRecorded() {
        return recorded == events;
    }

    final boolean isPartlyRecorded() {
        return recorded > 0;
    }

    final boolean isLeftOut() {
        return unsent == events;
    }

    /** Whether each of its records was refused by a broker or never sent. */
    final boolean isRefused() {
        return refused + unsent == events;
    }

    /**
     * Whether the failure is a broker's response that it did not and will not append the record. It is certain for the
     * attempt that it answers.
     */
    private static boolean isRefusal(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof TopicAuthorizationException
                || failure instanceof InvalidTopicException
                || failure instanceof UnsupportedForMessageFormatException;
    }
}
