package dev.tally.service.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Host names joined by commas. They are normalized for comparison: lower case, without a trailing dot. */
final class HostNamesType implements SettingType<List<String>> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");
    private static final int CHARS_MAX = 253;

    @Override
    public @Nullable List<String> parse(String text) {
        List<String> names = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip().toLowerCase(Locale.ROOT);
            if (name.length() > CHARS_MAX || !NAME.matcher(name).matches()) {
                return null;
            }
            names.add(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        }
        return List.copyOf(names);
    }

    @Override
    public String expected() {
        return "host names without ports, several joined by commas";
    }
}
