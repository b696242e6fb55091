package dev.tally.service.settings;

import org.jspecify.annotations.Nullable;

/**
 * One setting, declared once. Parsing, messages and documentation are derived from this declaration.
 *
 * @param variable the environment variable, {@code TALLY_HTTP_PORT}
 * @param flag the command line flag that overrides the variable, {@code --http-port}; null if there is none
 * @param type parses its text
 * @param defaultText the text parsed if none is given; null if the setting may be absent
 * @param doc one line, for people
 */
public record Setting<T>(
        String variable,
        @Nullable String flag,
        SettingType<T> type,
        @Nullable String defaultText,
        String doc) {
    public Setting {
        if (!variable.startsWith(Environment.PREFIX)) {
            throw new IllegalArgumentException(variable + " (expected: a name that starts with TALLY_)");
        }
        if (defaultText != null && type.parse(defaultText) == null) {
            throw new IllegalArgumentException(variable + ": its default " + defaultText + " is not one of its values");
        }
    }

    /** The same setting with another default. The three services listen on different ports by default. */
    public Setting<T> withDefault(String text) {
        return new Setting<>(variable, flag, type, text, doc);
    }
}
