package dev.tally.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tally.schemas.api.SettingNames;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedEndpointTest {
    private static StreamsSettings read(Map<String, String> variables) {
        Map<String, String> open = new HashMap<>(variables);
        open.put("TALLY_HTTP_OPEN", "true"); // the address it listens on is not tested here
        Environment environment = Environment.of(SettingNames.ALL, open, Map.of());
        StreamsSettings settings = StreamsSettings.readForProcess(environment);
        environment.verify();
        return settings;
    }

    private static SettingsException refusal(Map<String, String> variables) {
        return catchThrowableOfType(SettingsException.class, () -> read(variables));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0"})
    void shouldRefuseToBeReachedAtAWildcardAddressWhenItListensThere(String host) {
        assertThat(refusal(Map.of("TALLY_HTTP_HOST", host)).problems())
                .containsExactly("TALLY_HTTP_HOST: " + host
                        + " is a wildcard address, to which no other process can connect (expected: with it,"
                        + " TALLY_STREAMS_ENDPOINT set to the host:port by which query-api and other instances of"
                        + " counter-streams reach this one)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8082", "[::]:8082", ":::8082", "0:8082", "*", "*:8082"})
    void shouldNameTheEndpointAloneWhenItIsAWildcardAddress(String endpoint) {
        assertThat(refusal(Map.of("TALLY_HTTP_HOST", "0.0.0.0", "TALLY_STREAMS_ENDPOINT", endpoint))
                        .problems())
                .containsExactly("TALLY_STREAMS_ENDPOINT: " + endpoint
                        + " (expected: host:port, the host no wildcard address such as 0.0.0.0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"counter-streams:8082", "10.0.0.1:8082", "[2001:db8::1]:8082", "localhost:1"})
    void shouldListenOnAllAddressesWhenAnEndpointIsSet(String endpoint) {
        // when
        StreamsSettings settings = read(Map.of("TALLY_HTTP_HOST", "0.0.0.0", "TALLY_STREAMS_ENDPOINT", endpoint));

        // then
        assertThat(settings.endpoint()).isEqualTo(endpoint);
    }

    @Test
    void shouldNeedNoEndpointWhenItListensOnAnAddress() {
        assertThat(read(Map.of()).endpoint()).isNull();
        assertThat(read(Map.of("TALLY_HTTP_HOST", "10.0.0.1")).endpoint()).isNull();
    }
}
