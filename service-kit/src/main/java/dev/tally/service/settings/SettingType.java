package dev.tally.service.settings;

import org.jspecify.annotations.Nullable;

/**
 * Parses the text of a setting.
 *
 * @param <T> the type of the value
 */
public interface SettingType<T> {
    /** Parses {@code text}. Returns null if it is not an allowed value. */
    @Nullable
    T parse(String text);

    /** The allowed values, for messages: {@code 1..65535}. */
    String expected();
}
