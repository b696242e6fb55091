package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A pause that is not ended lasts longer than any test. */
class PollPauseTest {
    private static final long ENDLESS = Duration.ofDays(1).toNanos();
    private static final int ROUNDS = 2_000;
    private static final int PATIENCE_SECONDS = 60;

    private final PollPause pause = new PollPause();

    @Test
    void shouldNotPauseWhenThatIsUnwanted() {
        pause.await(ENDLESS, () -> true);
    }

    @Test
    void shouldNotPauseWhenTheThreadIsInterrupted() {
        // given
        Thread.currentThread().interrupt();

        // when
        pause.await(ENDLESS, () -> false);

        // then
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldEndThePauseWhenItsTimeIsOver() {
        pause.await(1, () -> false);
    }

    @Test
    void shouldNoticeAnEndAfterTheCheckOfUnwanted() {
        pause.await(ENDLESS, () -> {
            pause.end();
            return false;
        });
    }

    @Test
    void shouldPauseAgainAfterAnEndThatCameInBetween() throws Exception {
        // given
        pause.end();
        CountDownLatch pausing = new CountDownLatch(1);

        // when
        CompletableFuture<Void> thread = CompletableFuture.runAsync(
                () -> pause.await(ENDLESS, () -> {
                    pausing.countDown();
                    return false;
                }),
                task -> new Thread(task).start());
        pausing.await();

        // then
        assertThat(thread).isNotDone();
        pause.end();
        thread.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * A reader that arrives at any moment is noticed, either by the check before the pause or by the end of the pause. Otherwise
     * a round would never end.
     */
    @Test
    void shouldWakeEveryReaderWhateverTheMomentOfItsRegistration() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            CompletableFuture<Void> reader = new CompletableFuture<>();
            CompletableFuture<Void> thread = CompletableFuture.runAsync(
                    () -> pause.await(ENDLESS, reader::isDone), task -> new Thread(task).start());
            for (int spins = round; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            reader.complete(null);
            pause.end();
            thread.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
