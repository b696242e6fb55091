package dev.tally.service.health;

import java.util.function.Supplier;

/**
 * One condition of readiness.
 *
 * @param name what is checked, such as {@code kafka}
 * @param check reports the state already known. Called on an IO thread, so it must not block
 */
public record HealthCheck(String name, Supplier<CheckResult> check) {}
