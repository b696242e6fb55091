package dev.tally.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes Awaitility check a condition at once and then at growing intervals. By default it waits 100 ms before each check,
 * the first one included, which is most of the time of many tests. JUnit finds this class as a service.
 */
public final class PromptAwaits implements LauncherSessionListener {
    private static final Duration INTERVAL_MIN = Duration.ofMillis(2);
    private static final Duration INTERVAL_MAX = Duration.ofMillis(100);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultPollInterval(new IterativePollInterval(PromptAwaits::next, INTERVAL_MIN));
    }

    private static Duration next(Duration interval) {
        Duration longer = interval.multipliedBy(3).dividedBy(2);
        return longer.compareTo(INTERVAL_MAX) < 0 ? longer : INTERVAL_MAX;
    }
}
