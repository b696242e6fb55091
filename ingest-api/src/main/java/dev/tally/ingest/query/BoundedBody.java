package dev.tally.ingest.query;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects the body of an answer, and gives up on one that is longer than it may be. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final byte[] bytes;
    private int length;
    private @Nullable Subscription subscription;

    BoundedBody(int bytesMax) {
        this.bytes = new byte[bytesMax];
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            int more = part.remaining();
            if (more > bytes.length - length) {
                if (subscription != null) {
                    subscription.cancel();
                }
                body.completeExceptionally(new IOException("longer than " + bytes.length + " bytes"));
                return;
            }
            part.get(bytes, length, more);
            length += more;
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(Arrays.copyOf(bytes, length));
    }
}
