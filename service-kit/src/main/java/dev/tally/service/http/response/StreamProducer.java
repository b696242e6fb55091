package dev.tally.service.http.response;

/** Produces the body of a response that is a stream. Both methods run on IO threads, so they must not block. */
public interface StreamProducer {
    /** The client is sent the head. From now on any thread may write to the stream. Not called for {@code HEAD}. */
    void opened(ResponseStream stream);

    /** The stream takes no more bytes. Called exactly once for each stream that was opened. */
    void closed(StreamEnd end);
}
