package dev.tally.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0",
                "0.0",
                "000.0.00.0",
                "0x0.0.0.0",
                "::",
                "[::]",
                "::0",
                "0:0:0:0:0:0:0:0",
                "::ffff:0.0.0.0",
                "::%eth0",
                "*"
            })
    void shouldRecognizeWildcardAddresses(String host) {
        assertThat(WildcardAddress.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "0.0.0.1",
                "10.0.0.0",
                "0.0.0.0.0",
                "::1",
                "[::1]",
                "fe80::1%eth0",
                "localhost",
                "counter-streams",
                "0a",
                "a:b",
                ":"
            })
    void shouldRecognizeOtherAddressesAsNoWildcard(String host) {
        assertThat(WildcardAddress.is(host)).isFalse();
    }
}
