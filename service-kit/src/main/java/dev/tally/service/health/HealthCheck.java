package dev.tally.service.health;

import java.util.function.Supplier;

/**
 * One condition of being ready.
 *
 * @param name what is checked, as {@code kafka}
 * @param check looks at what is known already: called on an IO thread, so it must not block
 */
public record HealthCheck(String name, Supplier<CheckResult> check) {}
