package dev.tally.ingest.log;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The record errors after which Kafka's producer does not send again: its transaction manager is then in its fatal
 * state, or in a state that it leaves without sending a record. There are other fatal errors whose record errors look
 * the same as harmless ones. After those the next call to send throws.
 */
final class FatalErrors {
    private FatalErrors() {}

    static boolean isFatal(Exception failure) {
        return failure instanceof ClusterAuthorizationException
                || failure instanceof AuthenticationException
                || failure instanceof ProducerFencedException
                || failure instanceof UnsupportedVersionException
                || failure instanceof InvalidPidMappingException;
    }
}
