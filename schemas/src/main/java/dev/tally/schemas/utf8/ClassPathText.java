package dev.tally.schemas.utf8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts that this module has on the class path. service-kit, which depends on no module, has the like for services. */
public final class ClassPathText {
    private ClassPathText() {}

    /**
     * Reads a text in UTF-8.
     *
     * @param owner a class whose package {@code name} is relative to, unless it starts with a slash
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
