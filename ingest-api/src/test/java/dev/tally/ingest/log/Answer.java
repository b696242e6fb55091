package dev.tally.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.schemas.read.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that a test can await. It checks that an append gets exactly one answer. */
public final class Answer implements AppendListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<AppendOutcome> outcomes = new CopyOnWriteArrayList<>();

    @Override
    public void ended(AppendOutcome outcome) {
        outcomes.add(outcome);
    }

    boolean hasCome() {
        return !outcomes.isEmpty();
    }

    AppendOutcome outcome() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(this::hasCome);
        assertThat(outcomes).as("answers to one append").hasSize(1);
        return outcomes.get(0);
    }

    List<Receipt> receipts() {
        assertThat(outcome()).isInstanceOf(AppendOutcome.Appended.class);
        return ((AppendOutcome.Appended) outcome()).receipts();
    }

    /** The number of answers. More than one violates the contract. */
    int count() {
        return outcomes.size();
    }
}
