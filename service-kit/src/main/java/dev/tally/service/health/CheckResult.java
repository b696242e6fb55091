package dev.tally.service.health;

/**
 * The result of a health check.
 *
 * @param detail one phrase, for people: the reason if not ready, else the state
 */
public record CheckResult(boolean ready, String detail) {
    public static CheckResult ready(String detail) {
        return new CheckResult(true, detail);
    }

    public static CheckResult notReady(String detail) {
        return new CheckResult(false, detail);
    }
}
