package dev.tally.system.exact;

import dev.tally.system.harness.TallySystem;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the lives of a system's process: one from each start to the kill. Safe for use by any thread. */
final class Lives {
    /** Odd from the moment before a kill until the system is up again. */
    private final AtomicInteger number = new AtomicInteger();

    void killAndStart(TallySystem system) {
        number.incrementAndGet();
        system.kill();
        system.start();
        number.incrementAndGet();
    }

    int now() {
        return number.get();
    }

    static boolean isLife(int number) {
        return number % 2 == 0;
    }
}
