package dev.tally.schemas.generation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The generations of counting, as every process knows them: which one answers reads and writes the feeds, which others are counted,
 * and the change that is being made. It is one record in {@code tally.generations}; each method returns the record after one step.
 *
 * @param live the name of the generation that answers
 * @param liveAfter by partition, the last offset for which an earlier generation wrote the feeds; the live one writes them for the
 *     events after it. Empty if no other was ever live
 * @param all the generations that are counted, at most two
 * @param lastNumber the highest number that any generation has had, so that no name is given twice
 * @param rounds how often a generation was stopped for a change, over all changes
 * @param change the change in progress, or the last one if it was refused; null if there is none
 */
public record Generations(
        String live,
        List<Long> liveAfter,
        List<GenerationEntry> all,
        long lastNumber,
        long rounds,
        @Nullable Change change) {
    /** The generation of a new installation. */
    public static final String FIRST = "g1";

    public Generations {
        liveAfter = List.copyOf(liveAfter);
        all = List.copyOf(all);
        if (all.stream().noneMatch(entry -> entry.name().equals(live))) {
            throw new IllegalArgumentException("the live generation " + live + " is not among " + all);
        }
    }

    /** The generations of a new installation. */
    public static Generations first(CountingParameters parameters, long format, Instant now) {
        GenerationEntry entry = new GenerationEntry(FIRST, now, parameters, format);
        return new Generations(FIRST, List.of(), List.of(entry), 1, 0, null);
    }

    /** The group ID of a generation in Kafka, with which the name of its changelog begins. */
    public static String applicationId(String name) {
        return "tally-" + name;
    }

    /** The generation that answers. */
    public GenerationEntry liveEntry() {
        return entry(live).orElseThrow();
    }

    public Optional<GenerationEntry> entry(String name) {
        return all.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The generation that is counted beside the live one; null if there is none. */
    public @Nullable String other() {
        return all.stream()
                .map(GenerationEntry::name)
                .filter(name -> !name.equals(live))
                .findFirst()
                .orElse(null);
    }

    /** Whether a change is in progress. A refused one is not. */
    public boolean isChanging() {
        return change != null && change.phase() != Phase.REFUSED;
    }

    /**
     * A rebuild is requested. If the last one was refused for its differences and they are now accepted, it goes on.
     *
     * @param format of the state: that of the version which makes the request
     * @throws ChangeRefusedException if another change is in progress, or another generation is kept
     */
    public Generations rebuild(boolean acceptDifferences, long format) {
        refuseWhileChanging();
        Change last = change;
        if (last != null && acceptDifferences && entry(last.to()).isPresent()) {
            return with(last.in(Phase.COUNTING).accepting());
        }
        String kept = other();
        if (kept != null) {
            throw new ChangeRefusedException(
                    "Generation " + kept + " is kept: delete it first with scripts/tally drop " + kept);
        }
        long number = lastNumber + 1;
        return new Generations(
                live,
                liveAfter,
                all,
                number,
                rounds,
                Change.requested(Change.Kind.REBUILD, live, "g" + number, acceptDifferences, format));
    }

    /**
     * The generation that was live before becomes live again.
     *
     * @throws ChangeRefusedException if another change is in progress, or no generation was live before
     */
    public Generations rollback() {
        refuseWhileChanging();
        String kept = other();
        if (kept == null || change != null) {
            throw new ChangeRefusedException("There is no earlier generation to go back to");
        }
        GenerationEntry entry = entry(kept).orElseThrow();
        if (entry.unusable() != null) {
            throw new ChangeRefusedException("The state of generation " + kept + " cannot be used: delete it with"
                    + " scripts/tally drop " + kept);
        }
        return with(Change.requested(Change.Kind.ROLLBACK, live, kept, true, entry.format()));
    }

    /**
     * A generation is removed. A rebuild that has not begun to switch ends with it.
     *
     * @throws ChangeRefusedException if it is live, unknown, or about to become live
     */
    public Generations drop(String name) {
        if (name.equals(live)) {
            throw new ChangeRefusedException("Generation " + name + " is live: it answers the reads");
        }
        Change now = change;
        boolean isRequested = now != null && now.to().equals(name);
        if (entry(name).isEmpty() && !isRequested) {
            throw new ChangeRefusedException("There is no generation " + name);
        }
        if (now != null && (now.phase() == Phase.STOPPING || now.phase() == Phase.MOVING)) {
            throw new ChangeRefusedException(
                    "The switch to generation " + now.to() + " is in progress: wait until it ends");
        }
        List<GenerationEntry> left =
                all.stream().filter(entry -> !entry.name().equals(name)).toList();
        boolean isGivenUp = isRequested && now != null && now.isReplacement();
        boolean isBegun = entry(name).isPresent();
        return new Generations(
                live, liveAfter, isGivenUp ? usable(left, live) : left, lastNumber, rounds, isBegun ? now : null);
    }

    /** Without its replacement, the next start of an instance finds out whether the live generation can be used. */
    private static List<GenerationEntry> usable(List<GenerationEntry> entries, String name) {
        return entries.stream()
                .map(entry -> entry.name().equals(name) ? entry.unusable(null) : entry)
                .toList();
    }

    /** A dropped generation has left nothing behind: its change ends too. */
    public Generations dropped(String name) {
        Change now = change;
        return now != null && now.to().equals(name) && entry(name).isEmpty() ? with(null) : this;
    }

    /** The new generation of a requested rebuild is created. */
    public Generations counting(CountingParameters parameters, Instant now) {
        Change requested = changing(Phase.REQUESTED);
        List<GenerationEntry> more = new ArrayList<>(all);
        more.add(new GenerationEntry(requested.to(), now, parameters, requested.format()));
        return new Generations(live, liveAfter, more, lastNumber, rounds, requested.in(Phase.COUNTING));
    }

    /**
     * The new generation of a requested rebuild is created, to replace the live one, which no instance counts any more.
     *
     * @param why why the state of the live generation cannot be used, in a sentence
     * @param feedsAfter by partition, the last offset for which the live generation wrote the feeds
     */
    public Generations replacing(CountingParameters parameters, Instant now, String why, List<Long> feedsAfter) {
        Change requested = changing(Phase.REQUESTED);
        List<GenerationEntry> entries = new ArrayList<>();
        all.forEach(entry -> entries.add(entry.name().equals(live) ? entry.unusable(why) : entry));
        entries.add(new GenerationEntry(requested.to(), now, parameters, requested.format()));
        Change counting = requested.in(Phase.COUNTING).feedingAfter(feedsAfter);
        return new Generations(live, liveAfter, entries, lastNumber, rounds, counting);
    }

    /** The new generation has caught up, and becomes live in place of one whose state cannot be used. */
    public Generations replaced() {
        Change counted = changing(Phase.COUNTING);
        if (!counted.isReplacement()) {
            throw new ChangeRefusedException("Generation " + live + " is counted: its state is to be compared");
        }
        return new Generations(counted.to(), counted.feedsAfter(), all, lastNumber, rounds, null);
    }

    /** The new generation has caught up, and stops. */
    public Generations holding() {
        return holding(changing(Phase.COUNTING, Phase.REQUESTED));
    }

    /** The new generation has stopped. */
    public Generations comparing() {
        return with(changing(Phase.HOLDING).in(Phase.COMPARING));
    }

    /** The comparison is made again, for a list of the counters in the buckets that differ. */
    public Generations listing(List<Long> differing) {
        return holding(changing(Phase.COMPARING).listing(differing));
    }

    /** The states agree, or their differences are accepted. The new generation catches up once more before the switch. */
    public Generations compared(String outcome, List<String> differences) {
        return with(changing(Phase.COMPARING).in(Phase.COUNTING).with(outcome, differences));
    }

    /** A round that did not end in time is given up: both generations count on, and a later round begins anew. */
    public Generations again() {
        Change now = changing(Phase.HOLDING, Phase.COMPARING, Phase.STOPPING);
        return with(now.in(Phase.COUNTING));
    }

    /** The change ends without a switch. */
    public Generations refused(String outcome, List<String> differences) {
        Change now = changing(Phase.REQUESTED, Phase.COUNTING, Phase.HOLDING, Phase.COMPARING);
        return with(now.in(Phase.REFUSED).with(outcome, differences));
    }

    /** The new generation has stopped, and is compared. The live one stops too. */
    public Generations stopping() {
        Change held = changing(Phase.HOLDING);
        if (!held.isCompared()) {
            throw new ChangeRefusedException("Generation " + held.to() + " was not compared yet");
        }
        return with(held.in(Phase.STOPPING));
    }

    /** Both have stopped at these offsets, with everything committed. The new generation is live. */
    public Generations moving(List<Long> offsets) {
        Change stopped = changing(Phase.STOPPING);
        return new Generations(stopped.to(), offsets, all, lastNumber, rounds, stopped.in(Phase.MOVING));
    }

    /** No instance answers from the old generation any more: both count on. */
    public Generations finished() {
        changing(Phase.MOVING);
        return with(null);
    }

    private Generations holding(Change now) {
        long round = rounds + 1;
        return new Generations(
                live, liveAfter, all, lastNumber, round, now.in(Phase.HOLDING).ofRound(round));
    }

    private Generations with(@Nullable Change next) {
        return new Generations(live, liveAfter, all, lastNumber, rounds, next);
    }

    private Change changing(Phase... expected) {
        Change now = change;
        if (now == null || !List.of(expected).contains(now.phase())) {
            throw new ChangeRefusedException("The change has gone on in the meantime");
        }
        return now;
    }

    private void refuseWhileChanging() {
        Change now = change;
        if (now != null && now.phase() != Phase.REFUSED) {
            throw new ChangeRefusedException("The change to generation " + now.to() + " is in progress ("
                    + now.phase().text() + "): wait until it ends, or end it with scripts/tally drop " + now.to());
        }
    }
}
