package dev.tally.service.settings;

import org.jspecify.annotations.Nullable;

/**
 * One setting, declared once: reading it, the messages about it and the documentation of it come from here.
 *
 * @param variable the environment variable, {@code TALLY_HTTP_PORT}
 * @param flag the command line flag that beats the variable, {@code --http-port}; null if there is none
 * @param type how its text becomes a value
 * @param defaultText what is read when nothing is given; null if the setting may be absent
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

    /** The same setting where another default holds: the three services listen on three ports. */
    public Setting<T> withDefault(String text) {
        return new Setting<>(variable, flag, type, text, doc);
    }
}
