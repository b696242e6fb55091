package dev.tally.ingest.log;

import dev.tally.ingest.log.AppendOutcome.Appended;
import dev.tally.ingest.log.AppendOutcome.NotAppended;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.topic.Topics;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One accepted append, of one event or of many. Its appender sends its records one after the other. It is the callback of
 * all of them: the producer's network thread counts them down, and the thread that counts the last one ends the append
 * or, if none is known to be in the log, passes it to {@link InDoubtAppends}.
 */
abstract class Append implements Callback {
    private static final int ABANDONED = Integer.MIN_VALUE / 2;

    final AppendListener listener;
    final int events;
    final long bytes;
    /** Taken before the first record was sent. */
    final long startedNanos = System.nanoTime();

    private final AppendAccounting accounting;
    /** The producer of all records of this append, even if it is replaced meanwhile. */
    private final ProducerSession session;

    private final Thread appender = Thread.currentThread();
    private final AtomicInteger remaining;

    /**
     * Appender's thread: the number of records that the producer has taken, the exception with which it refused the next
     * one, and the number of records that it therefore never received.
     */
    private int sent;

    private @Nullable Exception refusal;
    private int unsent;

    /**
     * Network thread: {@code recorded} counts the records in the log, {@link #refused} those that a broker refused for
     * certain. Both are read after the last record.
     */
    private int recorded;

    private int refused;

    Append(AppendAccounting accounting, ProducerSession session, AppendListener listener, int events, long bytes) {
        this.accounting = accounting;
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

    /**
     * Appender's thread: passes the next record to the producer. Returns whether the record is in flight. If not, no
     * further record may be sent: the append has ended, or ends together with its records that are in flight.
     */
    final boolean send(int partition, byte[] key, byte[] value, Iterable<Header> headers) {
        Exception failure = trySend(partition, key, value, headers);
        if (failure == null) {
            sent++;
            return true;
        }
        if (RecordErrors.isBeforeTaking(failure)) {
            leaveOutTheRest();
        } else if (failure instanceof InterruptException) {
            if (abandon()) {
                end(NotAppended.UNCONFIRMED);
            }
        } else {
            // A producer in its fatal state takes the record and then throws. A closed producer throws before it takes
            // the record.
            session.fail(failure);
            if (abandon()) {
                session.inDoubt().addUntilClosed(this);
            }
        }
        return false;
    }

    private @Nullable Exception trySend(int partition, byte[] key, byte[] value, Iterable<Header> headers) {
        try {
            session.send(new ProducerRecord<>(Topics.EVENTS, partition, key, value, headers), this);
            return refusal;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** The records from the next one on are certainly not sent. */
    private void leaveOutTheRest() {
        unsent = events - sent;
        if (remaining.addAndGet(-unsent) == 0) {
            complete();
        }
    }

    /** Stops counting. Returns true if the append had not ended; the caller must then end it. */
    private boolean abandon() {
        return remaining.getAndSet(ABANDONED) > 0;
    }

    @Override
    public final void onCompletion(RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null && Thread.currentThread() == appender) {
            refusal = failure; // within the call to send; the appender reads it on return
            return;
        }
        if (failure == null && metadata.hasOffset()) {
            recorded++;
            recorded(metadata.partition(), metadata.offset());
        } else if (failure != null && RecordErrors.isRefusal(failure)) {
            refused++;
        } else if (failure != null && RecordErrors.isFatal(failure)) {
            session.fail(failure);
        }
        if (remaining.decrementAndGet() == 0) {
            complete();
        }
    }

    /** The last record has been counted, on the network thread or on the appender's. */
    private void complete() {
        if (recorded == events) {
            end(new Appended(receipts()));
        } else if (recorded > 0) {
            end(NotAppended.UNCONFIRMED);
        } else if (unsent == events) {
            end(refusal instanceof BufferExhaustedException ? NotAppended.OVERLOADED : NotAppended.UNAVAILABLE);
        } else {
            session.inDoubt().add(this);
        }
    }

    /** Whether each of its records was refused by a broker or never sent. */
    final boolean isRefused() {
        return refused + unsent == events;
    }

    /** Called once, when the outcome is known. */
    final void end(AppendOutcome outcome) {
        accounting.end(this, outcome);
    }
}
