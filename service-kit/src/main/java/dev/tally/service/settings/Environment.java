package dev.tally.service.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings given to a process. Flags take precedence over variables, variables over defaults. Problems are collected,
 * not thrown: {@link #get} returns the default for an invalid value, and {@link #verify} throws all problems at once after
 * everything has been read. Not thread-safe.
 */
public final class Environment {
    /** The prefix of all Tally variables. */
    public static final String PREFIX = "TALLY_";

    private final Map<String, String> variables;
    private final Map<String, String> flags;
    private final Set<String> problems = new LinkedHashSet<>();

    private Environment(Map<String, String> variables, Map<String, String> flags) {
        this.variables = variables;
        this.flags = flags;
    }

    /**
     * The settings of this process: its environment, and its arguments as {@link Flags} parses them.
     *
     * @param names as {@link #of} takes them
     */
    public static Environment ofProcess(Collection<String> names, String... arguments) {
        Flags given = Flags.parse(List.of(arguments));
        Environment environment = of(names, System.getenv(), given.values());
        given.problems().forEach(environment::problem);
        return environment;
    }

    /**
     * @param names the variables of all settings of all processes. The processes of one deployment may share their
     *     environment, so each accepts the settings of the others, and any other name is a problem in each.
     * @param variables the process environment; variables without {@link #PREFIX} are ignored
     * @param flags the value of each flag given, by its name with the dashes: {@code --http-port} to {@code 8080}
     */
    public static Environment of(Collection<String> names, Map<String, String> variables, Map<String, String> flags) {
        Map<String, String> ours = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !KubernetesLinks.isLink(name, value)) {
                ours.put(name, value);
            }
        });
        Environment environment = new Environment(ours, Map.copyOf(flags));
        for (String name : ours.keySet()) {
            if (!names.contains(name) && !KafkaSettings.isPassedThrough(name)) {
                environment.problem(name + " is not a setting of Tally");
            }
        }
        return environment;
    }

    /** The value of a setting that has a default. */
    public <T> T get(Setting<T> setting) {
        T value = find(setting);
        return value == null
                ? Objects.requireNonNull(setting.type().parse(Objects.requireNonNull(setting.defaultText())))
                : value;
    }

    /** The value of a setting; null if none is given and it has no default, or if the given value is invalid. */
    public <T> @Nullable T find(Setting<T> setting) {
        String flag = setting.flag() == null ? null : flags.get(setting.flag());
        String given = flag != null ? flag : variables.get(setting.variable());
        if (given == null || (flag == null && given.isBlank())) {
            String text = setting.defaultText();
            return text == null ? null : setting.type().parse(text);
        }
        T value = given.isBlank() ? null : setting.type().parse(given.strip());
        if (value == null) {
            String name = flag != null ? Objects.requireNonNull(setting.flag()) : setting.variable();
            problem(name + ": " + shown(given) + " (expected: " + setting.type().expected() + ")");
        }
        return value;
    }

    /** Whether a value was given, valid or not. */
    public boolean isGiven(Setting<?> setting) {
        String variable = variables.get(setting.variable());
        return (setting.flag() != null && flags.containsKey(setting.flag()))
                || (variable != null && !variable.isBlank());
    }

    /** Adds a problem that concerns several settings together. */
    public void problem(String sentence) {
        problems.add(sentence);
    }

    /** @throws SettingsException with every problem found so far, if there are any */
    public void verify() {
        // The log was configured by these settings before a problem with them could be reported.
        var unusedFormat = find(LogSettings.FORMAT);
        var unusedLevel = find(LogSettings.REQUESTS);
        if (!problems.isEmpty()) {
            throw new SettingsException(new ArrayList<>(problems));
        }
    }

    /** The Tally variables that start with {@code prefix}, sorted by name. */
    Map<String, String> variablesFrom(String prefix) {
        Map<String, String> found = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name, value);
            }
        });
        return found;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The value without the text before the {@code @} of a URL, which may be a password. */
    private static String shown(String value) {
        return value.isBlank() ? "\"" + value + "\"" : value.replaceAll("//.*@", "//…@");
    }
}
