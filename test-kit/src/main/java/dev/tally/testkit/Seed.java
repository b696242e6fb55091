package dev.tally.testkit;

/**
 * The seed of a random test. It differs in each run; the system property {@code tally.test.seed} sets it, to repeat a
 * run.
 */
public final class Seed {
    private Seed() {}

    /** A seed. The caller prints it or names it in its failures. */
    public static long next() {
        Long given = Long.getLong("tally.test.seed");
        return given == null ? System.nanoTime() : given;
    }

    /** A seed, which is printed with the name of the test. */
    public static long printed(String test) {
        long seed = next();
        System.out.println(test + " seed " + seed);
        return seed;
    }

    public static long printed(Class<?> test) {
        return printed(test.getSimpleName());
    }
}
