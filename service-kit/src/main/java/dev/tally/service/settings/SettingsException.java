package dev.tally.service.settings;

import java.util.List;

/** The settings of a process are wrong. Holds every problem found, one sentence each. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence each, in the order found; never empty. */
    public List<String> problems() {
        return problems;
    }
}
