package dev.tally.standalone;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a fatal fault to the owner of the broker. Kafka's own factory would halt the process while the services run.
 */
final class BrokerFaults implements FaultHandlerFactory {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

    private final CompletableFuture<Void> failure;

    BrokerFaults(CompletableFuture<Void> failure) {
        this.failure = failure;
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        return fatal ? new Fatal(action) : new LoggingFaultHandler(name, action);
    }

    private final class Fatal implements FaultHandler {

        private final Runnable action;

        private Fatal(Runnable action) {
            this.action = action;
        }

        @Override
        public RuntimeException handleFault(String message, @Nullable Throwable cause) {
            LOG.error("Fatal fault in the broker: {}", message, cause);
            action.run();
            RuntimeException fault = new IllegalStateException(message, cause);
            failure.completeExceptionally(fault);
            return fault;
        }
    }
}
