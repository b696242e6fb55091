package dev.tally.service.logging;

import ch.qos.logback.core.PropertyDefinerBase;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.LogSettings;
import dev.tally.service.settings.Setting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a setting available to logback's configuration: {@code <define name="format" class="…LogSetting">} with its
 * {@code <setting>}. An invalid value yields the default here; reading the settings of the process reports it.
 */
public final class LogSetting extends PropertyDefinerBase {
    private @Nullable String variable;

    /** Set by logback. */
    public void setSetting(String name) {
        variable = name;
    }

    @Override
    public String getPropertyValue() {
        Environment environment = Environment.of(List.of(), System.getenv(), Map.of());
        for (Setting<?> setting : LogSettings.ALL) {
            if (setting.variable().equals(variable)) {
                return String.valueOf(environment.get(setting));
            }
        }
        throw new IllegalStateException(variable + " is not a setting of logs");
    }
}
