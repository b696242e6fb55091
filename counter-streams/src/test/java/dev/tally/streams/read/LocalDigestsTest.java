package dev.tally.streams.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.DigestResult;
import dev.tally.streams.state.serving.ServingStores;
import dev.tally.streams.state.serving.StateDigests;
import dev.tally.streams.state.store.StoreDriver;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LocalDigestsTest {
    @Test
    void shouldReadTheSnapshotOnItsOwnThread() throws Exception {
        try (StoreDriver store = new StoreDriver();
                LocalDigests digests = new LocalDigests(store.serving())) {
            store.uncommitted(() -> store.hit("shop/a"));
            StateDigests.Pending digest = digests.at(0, DigestRequest.asOf(0));
            store.flushRequested();

            DigestResult result = digest.result().toCompletableFuture().get(10, TimeUnit.SECONDS);

            assertThat(result).isInstanceOf(DigestResult.Taken.class);
            assertThat(((DigestResult.Taken) result).digest().counters()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotTakeADigestWhenThisInstanceIsStopping() {
        try (StoreDriver store = new StoreDriver()) {
            LocalDigests digests = new LocalDigests(store.serving());
            digests.close();
            store.uncommitted(() -> store.hit("shop/a"));
            StateDigests.Pending digest = digests.at(0, DigestRequest.asOf(0));

            store.flushRequested();

            assertThat(digest.result().toCompletableFuture().getNow(null)).isInstanceOf(DigestResult.NotTaken.class);
        }
    }

    @Test
    void shouldSayThatAPartitionIsNotServed() {
        try (LocalDigests digests = new LocalDigests(new ServingStores())) {
            assertThat(digests.at(0, DigestRequest.asOf(0))
                            .result()
                            .toCompletableFuture()
                            .getNow(null))
                    .isEqualTo(new DigestResult.NotServed());
        }
    }
}
