package dev.tally.query.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void shouldStandForEveryAddressWhenANameHasSeveral() {
        // given
        Seeds seeds = new Seeds(List.of("streams.internal:8082"), SeedsTest::resolve, 64);

        // when, then
        assertThat(seeds.resolve()).containsExactly("10.0.0.1:8082", "10.0.0.2:8082", "[fd00:0:0:0:0:0:0:1]:8082");
    }

    @Test
    void shouldLeaveOutWhatDoesNotResolve() {
        // given
        Seeds seeds =
                new Seeds(List.of("gone.internal:1", "one.internal:8082", "one.internal:8082"), SeedsTest::resolve, 64);

        // when, then
        assertThat(seeds.resolve()).containsExactly("10.0.0.1:8082");
    }

    @Test
    void shouldTakeAddressesAsTheyAre() {
        // given
        Seeds seeds = new Seeds(List.of("127.0.0.1:8082", "[::1]:8083"), InetAddress::getAllByName, 64);

        // when, then
        assertThat(seeds.resolve()).containsExactly("127.0.0.1:8082", "[0:0:0:0:0:0:0:1]:8083");
    }

    @Test
    void shouldHoldItsBound() {
        // given
        Seeds seeds = new Seeds(List.of("streams.internal:8082"), SeedsTest::resolve, 2);

        // when, then
        assertThat(seeds.resolve()).hasSize(2);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "streams.internal" -> new InetAddress[] {address("10.0.0.1"), address("10.0.0.2"), address("fd00::1")};
            case "one.internal" -> new InetAddress[] {address("10.0.0.1")};
            default -> throw new UnknownHostException(host);
        };
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
