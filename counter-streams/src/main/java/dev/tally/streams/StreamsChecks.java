package dev.tally.streams;

import dev.tally.service.health.CheckResult;
import dev.tally.service.health.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The readiness of counter-streams: that of the live generation, and how far the next one is. */
final class StreamsChecks {
    private static final String NOT_COUNTING = "counting does not run";

    private final HostedGenerations generations;
    private final Supplier<String> condition;
    private final RebuildProgress progress;
    private final Supplier<String> snapshots;
    private final boolean hasRegistry;

    /**
     * @param condition what the start waits for, in a phrase
     * @param snapshots what is known of the snapshots, in a phrase
     * @param hasRegistry whether events can wait for their schemas
     */
    StreamsChecks(
            HostedGenerations generations,
            Supplier<String> condition,
            RebuildProgress progress,
            Supplier<String> snapshots,
            boolean hasRegistry) {
        this.generations = generations;
        this.condition = condition;
        this.progress = progress;
        this.snapshots = snapshots;
        this.hasRegistry = hasRegistry;
    }

    List<HealthCheck> all() {
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(new HealthCheck(
                "streams",
                () -> ofLive(live -> new CheckResult(live.runtime().isRunning(), condition(live)), condition.get())));
        checks.add(new HealthCheck("membership", () -> ofLive(StreamsChecks::membership, NOT_COUNTING)));
        checks.add(new HealthCheck("snapshots", () -> CheckResult.ready(snapshots.get())));
        if (hasRegistry) {
            checks.add(new HealthCheck("schemas", () -> ofLive(StreamsChecks::schemas, NOT_COUNTING)));
        }
        checks.add(new HealthCheck("rebuild", () -> CheckResult.ready(progress.text())));
        return checks;
    }

    private CheckResult ofLive(Function<HostedGeneration, CheckResult> check, String otherwise) {
        HostedGeneration live = generations.live();
        return live == null ? CheckResult.notReady(otherwise) : check.apply(live);
    }

    private static String condition(HostedGeneration live) {
        String differ = live.settingsDiffer();
        return live.runtime().condition() + (differ == null ? "" : "; " + differ);
    }

    private static CheckResult membership(HostedGeneration live) {
        boolean isMember = live.runtime().isMember();
        return new CheckResult(
                isMember,
                isMember
                        ? "the group coordinator answers"
                        : "the group coordinator does not answer; the membership lease has expired");
    }

    private static CheckResult schemas(HostedGeneration live) {
        String stall = live.runtime().stall();
        return stall == null ? CheckResult.ready("no event waits for its schema") : CheckResult.notReady(stall);
    }
}
