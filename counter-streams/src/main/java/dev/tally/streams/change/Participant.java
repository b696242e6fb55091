package dev.tally.streams.change;

import dev.tally.schemas.generation.Change;
import dev.tally.schemas.generation.Phase;
import dev.tally.streams.state.digest.BucketSums;
import dev.tally.streams.state.digest.CounterDetails;
import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.StateDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this instance does for a change with the partitions that it serves: it stops them where they are, takes digests of them, and
 * says when it answers from the new generation. It posts a note of each. Confined to one thread, which calls {@link #step} until
 * the change is over; each step looks at what is left to do, so that a step that failed is made again.
 */
final class Participant {
    private final int partitions;
    private final Digests ofFrom;
    private final Digests ofTo;

    Participant(int partitions) {
        this.partitions = partitions;
        this.ofFrom = new Digests(partitions);
        this.ofTo = new Digests(partitions);
    }

    /**
     * @param from the generation that was live when the change was requested; null if it does not run here
     * @param to the generation that becomes live; null if it does not run here
     * @param isMoved whether reads on this instance are answered by the new generation
     * @return the notes to post
     */
    Map<String, @Nullable String> step(
            Change change, Map<String, String> notes, @Nullable Side from, @Nullable Side to, boolean isMoved) {
        Map<String, @Nullable String> post = new HashMap<>();
        if (from != null && change.phase() == Phase.STOPPING) {
            stop(from, Limits.from(change, notes, partitions), change, notes, post);
        }
        if (to != null && change.phase() == Phase.HOLDING) {
            stop(to, Limits.to(change, notes, partitions), change, notes, post);
        }
        if (change.phase() == Phase.COMPARING) {
            ofFrom.beginStep(from);
            ofTo.beginStep(to);
            compare(change, notes, from, to, post);
        } else {
            ofFrom.cancel();
            ofTo.cancel();
        }
        if (change.phase() == Phase.MOVING && isMoved && from != null) {
            move(change, notes, from, post);
        }
        return post;
    }

    /**
     * Finds where partitions stop. Under the limits of the record and the notes, nothing is processed of a partition of which no
     * note says where it stops. The end of the log that is looked up then is beyond all that was processed before.
     */
    private void stop(
            Side side,
            Map<Integer, Long> limits,
            Change change,
            Map<String, String> notes,
            Map<String, @Nullable String> post) {
        if (!side.limit().limits().equals(limits)) {
            return; // the thread that follows the record sets the limits
        }
        StepOffsets ends = new StepOffsets(side.runtime()::readableEnds);
        for (int partition = 0; partition < partitions; partition++) {
            String key = Note.stopped(side.name(), partition);
            if (side.applied(partition) != null && Note.text(change, notes, key) == null) {
                Long end = ends.of(partition);
                if (end == null) {
                    return; // Kafka does not answer now
                }
                post.put(key, Note.of(change, Long.toString(end - 1)));
            }
        }
    }

    private void compare(
            Change change,
            Map<String, String> notes,
            @Nullable Side from,
            @Nullable Side to,
            Map<String, @Nullable String> post) {
        for (int partition = 0; partition < partitions; partition++) {
            String ofOld = Note.text(change, notes, Note.digest(change.from(), partition));
            if (ofOld == null) {
                if (from != null) {
                    post(ofFrom.step(from, partition, request(change), null), change, from, partition, post);
                }
            } else if (to != null && Note.text(change, notes, Note.digest(change.to(), partition)) == null) {
                long offset = DigestText.offset(ofOld);
                post(ofTo.step(to, partition, request(change), offset), change, to, partition, post);
            }
        }
    }

    private static DigestRequest request(Change change) {
        Set<Integer> listed = new HashSet<>();
        change.buckets().forEach(bucket -> listed.add(bucket.intValue()));
        return DigestRequest.asOf(0).withDetails(listed, DigestRequest.DETAILS_MAX);
    }

    private static void post(
            @Nullable StateDigest digest, Change change, Side side, int partition, Map<String, @Nullable String> post) {
        if (digest != null) {
            post.put(Note.digest(side.name(), partition), Note.of(change, DigestText.write(digest)));
        }
    }

    /** The digest of a partition without a record. */
    static StateDigest empty() {
        return new StateDigest(
                -1,
                -1,
                DigestRequest.ALL,
                0,
                0,
                BucketSums.of(new byte[BucketSums.BUCKETS * 2 * Long.BYTES]),
                CounterDetails.NONE);
    }

    private void move(Change change, Map<String, String> notes, Side from, Map<String, @Nullable String> post) {
        from.reader().endWaits();
        for (int partition = 0; partition < partitions; partition++) {
            String key = Note.moved(partition);
            if (from.applied(partition) != null && Note.text(change, notes, key) == null) {
                post.put(key, Note.of(change, "moved"));
            }
        }
    }
}
