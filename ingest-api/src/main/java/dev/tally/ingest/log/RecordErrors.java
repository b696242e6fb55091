package dev.tally.ingest.log;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What the error of a record says about the record and about its producer. */
final class RecordErrors {
    private RecordErrors() {}

    /**
     * Whether send() refused the record before taking it: no metadata, buffer full, record too large, or not
     * authorized. Only for errors of send(), thrown or passed to the callback within the call.
     */
    static boolean isBeforeTaking(Exception error) {
        return error instanceof TimeoutException
                || error instanceof RecordTooLargeException
                || error instanceof TopicAuthorizationException;
    }

    /**
     * Whether the error is a broker's response that it did not and will not append the record. It is certain for the
     * attempt that it answers.
     */
    static boolean isRefusal(Exception error) {
        return error instanceof RecordTooLargeException
                || error instanceof RecordBatchTooLargeException
                || error instanceof TopicAuthorizationException
                || error instanceof InvalidTopicException
                || error instanceof UnsupportedForMessageFormatException;
    }

    /**
     * Whether Kafka's producer does not send again after this error: its transaction manager is then in its fatal
     * state, or in a state that it leaves without sending a record. There are other fatal errors whose record errors
     * look the same as harmless ones. After those the next call to send throws.
     */
    static boolean isFatal(Exception error) {
        return error instanceof ClusterAuthorizationException
                || error instanceof AuthenticationException
                || error instanceof ProducerFencedException
                || error instanceof UnsupportedVersionException
                || error instanceof InvalidPidMappingException;
    }
}
