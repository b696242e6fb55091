package dev.tally.service.http;

import dev.tally.service.http.limit.BodyBudget;
import dev.tally.service.http.limit.HttpLimits;
import dev.tally.service.http.response.OpenStreams;
import dev.tally.service.http.response.ResponseQueue;
import org.xnio.XnioIoThread;

/** The parts that all requests of one server share. */
final class ServerParts {
    private final HttpLimits limits;
    private final Admission admission;
    private final BodyBudget bodyBudget;
    private final OpenStreams openStreams;
    private final RequestIds requestIds = new RequestIds();
    private final RouteMetrics unmatched;
    private final ResponseQueue[] responseQueues;

    ServerParts(
            HttpLimits limits,
            Admission admission,
            BodyBudget bodyBudget,
            RouteMetrics unmatched,
            XnioIoThread[] ioThreads) {
        this.limits = limits;
        this.openStreams = new OpenStreams(limits.openStreamsMax());
        this.admission = admission;
        this.bodyBudget = bodyBudget;
        this.unmatched = unmatched;
        this.responseQueues = new ResponseQueue[ioThreads.length];
        for (int i = 0; i < ioThreads.length; i++) {
            responseQueues[i] = new ResponseQueue(ioThreads[i]);
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

    OpenStreams openStreams() {
        return openStreams;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    /** The metrics of requests that match no route. */
    RouteMetrics unmatched() {
        return unmatched;
    }

    ResponseQueue responseQueue(XnioIoThread ioThread) {
        return responseQueues[ioThread.getNumber()];
    }
}
