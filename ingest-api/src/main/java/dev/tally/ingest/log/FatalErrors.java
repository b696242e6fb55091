package dev.tally.ingest.log;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * The errors of a record after which Kafka's producer does not send again: its transaction manager is in its fatal state
 * then, or in one that it leaves without a record. There are others that a record's error does not tell from harmless
 * ones; the next call to send throws then.
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
