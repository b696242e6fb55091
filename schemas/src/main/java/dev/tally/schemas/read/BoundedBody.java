package dev.tally.schemas.read;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of an answer of {@link ReadProtocol} for the JDK's client, which has no bound, and gives up on one that
 * is longer than it may be: that is a {@link MalformedAnswerException}.
 */
public final class BoundedBody implements BodySubscriber<byte[]> {
    private static final int BYTES_AT_FIRST = 256;

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final int bytesMax;
    private byte[] bytes;
    private int length;
    private @Nullable Subscription subscription;

    /** @param bytesMax of the body */
    public BoundedBody(int bytesMax) {
        this.bytesMax = bytesMax;
        this.bytes = new byte[Math.min(bytesMax, BYTES_AT_FIRST)];
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
            if (more > bytesMax - length) {
                if (subscription != null) {
                    subscription.cancel();
                }
                body.completeExceptionally(
                        new MalformedAnswerException("the answer is longer than " + bytesMax + " bytes"));
                return;
            }
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(bytesMax, Math.max(length + more, 2 * bytes.length)));
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
