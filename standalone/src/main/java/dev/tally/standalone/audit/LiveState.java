package dev.tally.standalone.audit;

import org.jspecify.annotations.Nullable;

/** The live state, as the HTTP API shows it. */
public interface LiveState {
    /**
     * The next page of the counters of a namespace by name, in UTF-8 byte order.
     *
     * @param cursor {@link LivePage#next} of the page before; null for the first page
     * @throws AuditFailedException if there is no page in bounded time
     */
    LivePage page(String namespace, @Nullable String cursor) throws InterruptedException;
}
