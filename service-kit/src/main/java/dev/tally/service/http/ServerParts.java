package dev.tally.service.http;

import org.xnio.XnioIoThread;

/** The parts that all requests of one server share. */
final class ServerParts {
    private final HttpLimits limits;
    private final Admission admission;
    private final BodyBudget bodyBudget;
    private final RequestIds requestIds = new RequestIds();
    private final RouteMetrics unmatched;
    private final AnswerQueue[] answerQueues;

    ServerParts(
            HttpLimits limits,
            Admission admission,
            BodyBudget bodyBudget,
            RouteMetrics unmatched,
            XnioIoThread[] ioThreads) {
        this.limits = limits;
        this.admission = admission;
        this.bodyBudget = bodyBudget;
        this.unmatched = unmatched;
        this.answerQueues = new AnswerQueue[ioThreads.length];
        for (int i = 0; i < ioThreads.length; i++) {
            answerQueues[i] = new AnswerQueue(ioThreads[i]);
        }
    }

    HttpLimits limits() {
        return limits;
    }

    Admission admission() {
        return admission;
    }

    BodyBudget bodyBudget() {
        return bodyBudget;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    /** The metrics of requests that match no route. */
    RouteMetrics unmatched() {
        return unmatched;
    }

    AnswerQueue answerQueue(XnioIoThread ioThread) {
        return answerQueues[ioThread.getNumber()];
    }
}
