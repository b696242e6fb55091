package dev.tally.service.http.connection;

import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The lowest source conduit of one connection. Undertow suspends reads when it has parsed a request and resumes them when
 * the exchange is complete. If another selector event comes in between, as for every answer that waits for Kafka, that costs
 * two needless system calls, because a client seldom sends while it waits. Here reads stay resumed until bytes arrive while
 * reads should be suspended. Runs on the connection's IO thread.
 */
public final class LazyReadSuspension extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private boolean suspended;

    private LazyReadSuspension(StreamSourceConduit next) {
        super(next);
    }

    /** Installs the conduit. Must be called before Undertow sees the connection of this channel. */
    public static void on(ConduitStreamSourceChannel channel) {
        LazyReadSuspension lazy = new LazyReadSuspension(channel.getConduit());
        lazy.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(channel));
        channel.setConduit(lazy);
    }

    @Override
    public void suspendReads() {
        suspended = true;
    }

    @Override
    public void resumeReads() {
        suspended = false;
        next.resumeReads();
    }

    @Override
    public void wakeupReads() {
        suspended = false;
        next.wakeupReads();
    }

    @Override
    public boolean isReadResumed() {
        return !suspended && next.isReadResumed();
    }

    @Override
    public void setReadReadyHandler(ReadReadyHandler handler) {
        next.setReadReadyHandler(new WhenResumed(handler));
    }

    /** Passes on read events, unless reads are suspended; then it suspends them in the selector too. */
    private final class WhenResumed implements ReadReadyHandler {
        private final ReadReadyHandler handler;

        private WhenResumed(ReadReadyHandler handler) {
            this.handler = handler;
        }

        @Override
        public void readReady() {
            if (suspended) {
                next.suspendReads();
            } else {
                handler.readReady();
            }
        }

        @Override
        public void forceTermination() {
            handler.forceTermination();
        }

        @Override
        public void terminated() {
            handler.terminated();
        }
    }
}
