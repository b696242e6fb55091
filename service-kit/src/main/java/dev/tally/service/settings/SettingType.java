package dev.tally.service.settings;

import org.jspecify.annotations.Nullable;

/**
 * How the text of a setting becomes a value.
 *
 * @param <T> the value
 */
public interface SettingType<T> {
    /** The value that {@code text} spells, or null if it spells none that is allowed. */
    @Nullable
    T parse(String text);

    /** What is allowed, for messages: {@code 1..65535}. */
    String expected();

    /** The text that {@link #parse} reads as {@code value}. */
    default String format(T value) {
        return String.valueOf(value);
    }
}
