package dev.tally.query.http;

import dev.tally.service.http.Request;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.util.concurrent.Semaphore;

/**
 * How many counters, or buckets, all requests of one kind together may hold, from when it is known what they ask for until
 * their answers are written: half a kilobyte each at most, and a client may be slow to read. Safe for use by any thread.
 */
final class HoldBudget {
    private final Semaphore things;

    HoldBudget(int thingsMax) {
        this.things = new Semaphore(thingsMax);
    }

    /** What one request holds, nothing at first. To be called by the IO thread. */
    Hold of(Request request) {
        Hold hold = new Hold();
        request.exchange().addExchangeCompleteListener(hold);
        return hold;
    }

    /** Gives back what it took when the request is over, however it ends. */
    final class Hold implements ExchangeCompletionListener {
        private int taken;
        private boolean over;

        /** False, and nothing taken, if that would be too many, or if there is nobody to answer any more. */
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
