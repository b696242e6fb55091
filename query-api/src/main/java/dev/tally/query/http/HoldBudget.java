package dev.tally.query.http;

import dev.tally.service.http.Request;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.Semaphore;

/**
 * Bounds the counters, or buckets, that all requests of one kind hold together, from when it is known what they ask for
 * until their answers are written. Each one is at most half a kilobyte, and a client may read slowly. Safe for use by
 * any thread.
 */
final class HoldBudget {
    private final Semaphore things;

    HoldBudget(int thingsMax) {
        this.things = new Semaphore(thingsMax);
    }

    /** Creates the hold of one request, which is empty at first. Called on the IO thread. */
    Hold of(Request request) {
        Hold hold = new Hold();
        request.exchange().addExchangeCompleteListener(hold);
        return hold;
    }

    /** Releases what it took when the request ends, however it ends. */
    final class Hold implements ExchangeCompletionListener {
        private int taken;
        private boolean over;

        /** Returns false and takes nothing if the budget would be exceeded or the request has already ended. */
        synchronized boolean take(int count) {
            if (over || !things.tryAcquire(count)) {
                return false;
            }
            taken += count;
            return true;
        }

        @Override
        public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
            try {
                giveBack();
            } finally {
                next.proceed();
            }
        }

        private synchronized void giveBack() {
            over = true;
            things.release(taken);
            taken = 0;
        }
    }
}
