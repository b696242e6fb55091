package dev.tally.service.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types of settings. The texts passed to them are trimmed and never empty. */
public final class SettingTypes {
    private static final int PORT_MAX = 65_535;

    private SettingTypes() {}

    /** A whole number from {@code min} to {@code max}. */
    public static SettingType<Integer> integer(int min, int max) {
        return type(min + ".." + max, text -> {
            Long value = wholeNumber(text);
            return value != null && value >= min && value <= max ? Integer.valueOf(value.intValue()) : null;
        });
    }

    /** A TCP port to listen on; 0 means any free one. */
    public static SettingType<Integer> port() {
        return type("0.." + PORT_MAX + ", 0 for any free port", integer(0, PORT_MAX)::parse);
    }

    /** A duration from {@code min} to {@code max}: a whole number, then {@code ms}, {@code s}, {@code m}, {@code h}, {@code d}. */
    public static SettingType<Duration> duration(Duration min, Duration max) {
        return new DurationType(min, max);
    }

    /** Bytes from {@code min} to {@code max}: a whole number, then {@code B}, {@code KiB}, {@code MiB} or {@code GiB}. */
    public static SettingType<Long> size(long min, long max) {
        return new SizeType(min, max);
    }

    /** Any text. */
    public static SettingType<String> text(String expected) {
        return type(expected, text -> text);
    }

    /** One of these words. */
    public static SettingType<String> oneOf(String... words) {
        List<String> allowed = List.of(words);
        return type(String.join(" or ", allowed), text -> allowed.contains(text) ? text : null);
    }

    /** A host name or an address to listen on. */
    public static SettingType<String> host() {
        return type("a host name or address", text -> isHost(text) ? text : null);
    }

    /** {@code true} or {@code false}. */
    public static SettingType<Boolean> trueOrFalse() {
        return type(
                "true or false", text -> (text.equals("true") || text.equals("false")) ? Boolean.valueOf(text) : null);
    }

    /** One or more host names without ports, joined by commas. Normalized to lower case, without a trailing dot. */
    public static SettingType<List<String>> hostNames() {
        return new HostNamesType();
    }

    /** A {@code host:port} that other processes connect to: the port is at least 1, the host is not a wildcard address. */
    public static SettingType<String> reachableEndpoint() {
        return type("host:port, the host no wildcard address such as 0.0.0.0", text -> {
            boolean reachable = isEndpoint(text) && !WildcardAddress.is(text.substring(0, text.lastIndexOf(':')));
            return reachable ? text : null;
        });
    }

    /** One or more {@code host:port}, joined by commas. */
    public static SettingType<List<String>> endpoints() {
        return new SettingType<>() {
            @Override
            public @Nullable List<String> parse(String text) {
                List<String> endpoints = new ArrayList<>();
                for (String part : text.split(",", -1)) {
                    if (!isEndpoint(part.strip())) {
                        return null;
                    }
                    endpoints.add(part.strip());
                }
                return List.copyOf(endpoints);
            }

            @Override
            public String expected() {
                return "host:port, several joined by commas";
            }
        };
    }

    /** An {@code http://host[:port]} or {@code https://…} URL without a trailing slash. */
    public static SettingType<String> url() {
        return type("an http:// or https:// URL", HttpUrl::parse);
    }

    /** A path of the file system. */
    public static SettingType<Path> path() {
        return type("a path", text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                return null;
            }
        });
    }

    /** Offsets in a topic, {@code PARTITION-OFFSET}, joined by commas, at most one for each partition. */
    public static SettingType<Map<Integer, Long>> offsets() {
        return new OffsetsType();
    }

    static @Nullable Long wholeNumber(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        if (digits < 1 || digits > 18) {
            return null;
        }
        for (int i = text.length() - digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return Long.parseLong(text);
    }

    private static boolean isEndpoint(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !isHost(text.substring(0, colon))) {
            return false;
        }
        Long port = wholeNumber(text.substring(colon + 1));
        return port != null && port >= 1 && port <= PORT_MAX;
    }

    /** A rough check. It rejects text that no resolver accepts and leaves the rest to the resolver. */
    private static boolean isHost(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        if (host.isEmpty() || host.length() > 253) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean name = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!name && c != '.' && c != '-' && c != '_' && c != ':' && c != '%') {
                return false;
            }
        }
        return true;
    }

    private static <T> SettingType<T> type(String expected, Function<String, @Nullable T> parser) {
        return new SettingType<>() {
            @Override
            public @Nullable T parse(String text) {
                return parser.apply(text);
            }

            @Override
            public String expected() {
                return expected;
            }
        };
    }
}
