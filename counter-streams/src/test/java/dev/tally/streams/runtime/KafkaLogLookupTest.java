package dev.tally.streams.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tally.streams.state.log.LogUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lookups when the brokers do not respond. StateAgainstLogIT covers their responses. */
class KafkaLogLookupTest {
    private static final Map<String, Object> NOBODY = Map.of("bootstrap.servers", "127.0.0.1:1");

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Admin admin = Admin.create(NOBODY);

    @AfterEach
    void close() {
        admin.close(Duration.ZERO);
    }

    @Test
    void shouldFailAsUnavailableWhenTheTimeoutExpires() {
        // given
        LogLookup log = lookup(Duration.ofMillis(300));

        // when / then
        assertThatThrownBy(() -> log.bounds(0)).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> log.begin(0)).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> log.first(0, 5, 6)).isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void shouldStopWaitingWhenItIsClosed() {
        // given
        LogLookup log = lookup(Duration.ofDays(1));

        // when
        closed.set(true);

        // then
        assertThatThrownBy(() -> log.bounds(0)).isInstanceOf(LogUnavailableException.class);
        assertThatThrownBy(() -> log.first(0, 5, 6)).isInstanceOf(LogUnavailableException.class);
    }

    private LogLookup lookup(Duration timeout) {
        return new KafkaLogLookup(admin, NOBODY, "group", "changelog", timeout, closed::get);
    }
}
