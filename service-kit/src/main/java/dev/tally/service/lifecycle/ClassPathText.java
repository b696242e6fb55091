package dev.tally.service.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that a service has on the class path: its OpenAPI fragment and its pages. */
public final class ClassPathText {
    private ClassPathText() {}

    /**
     * Reads a text in UTF-8.
     *
     * @param owner a class in whose package the text is
     * @throws IllegalStateException if there is no such text
     */
    public static String of(Class<?> owner, String name) {
        try (InputStream text = owner.getResourceAsStream(name)) {
            if (text == null) {
                throw new IllegalStateException("The class path lacks " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
