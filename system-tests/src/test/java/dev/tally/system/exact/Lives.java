package dev.tally.system.exact;

import dev.tally.system.harness.TallySystem;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the lives of a system's process. A life lasts from a start to the next kill. Safe for use by any thread. */
final class Lives {
    /** Odd from before a kill until the system is ready again. */
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
