package dev.tally.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {
    @Test
    void shouldHaveNoPropertiesWhenThereIsNoRegistry() {
        // given
        Environment environment = Environment.of(SampleSettings.NAMES, Map.of(), Map.of());

        // then
        assertThat(RegistrySettings.read(environment).properties()).isEmpty();
        environment.verify();
    }

    @Test
    void shouldUseConfluentsPropertyNamesAndPrintNoSecret() {
        // given
        Environment environment = Environment.of(
                SampleSettings.NAMES,
                Map.of(
                        "TALLY_SCHEMA_REGISTRY_URL", "https://registry:8081/",
                        "TALLY_SCHEMA_REGISTRY_USER", "tally",
                        "TALLY_SCHEMA_REGISTRY_PASSWORD", "hush",
                        "TALLY_SCHEMA_REGISTRY_TRUSTSTORE", "/etc/tally/trust.p12",
                        "TALLY_SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD", "silence"),
                Map.of());

        // when
        RegistrySettings settings = RegistrySettings.read(environment);

        // then
        environment.verify();
        assertThat(settings.properties())
                .containsOnly(
                        Map.entry("schema.registry.url", "https://registry:8081"),
                        Map.entry("basic.auth.user.info", "tally:hush"),
                        Map.entry("schema.registry.ssl.truststore.location", "/etc/tally/trust.p12"),
                        Map.entry("schema.registry.ssl.truststore.password", "silence"));
        assertThat(settings).hasToString("https://registry:8081");
    }

    @Test
    void shouldReportTheMissingSettingsWhenOnlySomeAreGiven() {
        // given
        Environment environment = Environment.of(
                SampleSettings.NAMES,
                Map.of(
                        "TALLY_SCHEMA_REGISTRY_USER", "a:b",
                        "TALLY_SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD", "silence"),
                Map.of());

        // when
        RegistrySettings.read(environment);

        // then
        assertThat(environment.problems())
                .containsExactly(
                        "TALLY_SCHEMA_REGISTRY_USER needs TALLY_SCHEMA_REGISTRY_URL as well",
                        "TALLY_SCHEMA_REGISTRY_USER needs TALLY_SCHEMA_REGISTRY_PASSWORD as well",
                        "TALLY_SCHEMA_REGISTRY_TRUSTSTORE_PASSWORD needs TALLY_SCHEMA_REGISTRY_TRUSTSTORE as well",
                        "TALLY_SCHEMA_REGISTRY_USER: has a colon (expected: a name without one)");
    }

    @Test
    void shouldNotPrintThePasswordOfAUrl() {
        // given
        Environment environment = Environment.of(
                SampleSettings.NAMES, Map.of("TALLY_SCHEMA_REGISTRY_URL", "http://tally:hush@registry:8081"), Map.of());

        // when
        RegistrySettings.read(environment);

        // then
        assertThat(environment.problems())
                .containsExactly(
                        "TALLY_SCHEMA_REGISTRY_URL: http://…@registry:8081 (expected: an http:// or https:// URL)");
    }
}
