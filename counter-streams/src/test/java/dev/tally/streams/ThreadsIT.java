package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tally.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("It looks at the threads of the whole process")
class ThreadsIT extends StreamsFixture {
    @Test
    void shouldLeaveNoThreadBehindWhenClosed() throws Exception {
        // given
        start();
        broker.append("shop/cart", Operation.ADD, 1);
        awaitTotal("shop/cart", 1);

        // when
        streams.close();
        streams = null;

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name ->
                                name.contains("tally-") || name.startsWith("streams-") || name.startsWith("state-")));
    }
}
