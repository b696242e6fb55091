package dev.tally.service.health;

/**
 * What a check came to.
 *
 * @param detail one phrase, for people: why not, or how it is
 */
public record CheckResult(boolean ready, String detail) {
    public static CheckResult ready(String detail) {
        return new CheckResult(true, detail);
    }

    public static CheckResult notReady(String detail) {
        return new CheckResult(false, detail);
    }
}
