package dev.tally.streams.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.streams.state.digest.BucketSums;
import dev.tally.streams.state.digest.CounterDetails;
import dev.tally.streams.state.digest.CounterDetails.CounterDetail;
import dev.tally.streams.state.digest.DigestRequest;
import dev.tally.streams.state.digest.StateDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A digest as the text of a note: {@code offset streamTime counters deletedCounters complete sums}, then a line for each listed
 * counter, its key in Base64 and its text.
 */
final class DigestText {
    private static final int HEAD_WORDS = 6;

    private DigestText() {}

    static String write(StateDigest digest) {
        StringBuilder text = new StringBuilder(BucketSums.BUCKETS * 24);
        text.append(digest.offset())
                .append(' ')
                .append(digest.streamTime())
                .append(' ')
                .append(digest.counters())
                .append(' ')
                .append(digest.deletedCounters())
                .append(' ')
                .append(digest.details().complete())
                .append(' ')
                .append(Base64.getEncoder().encodeToString(digest.buckets().bytes()));
        for (CounterDetail counter : digest.details().counters()) {
            text.append('\n')
                    .append(Base64.getEncoder().encodeToString(counter.key().getBytes(UTF_8)))
                    .append(' ')
                    .append(counter.text());
        }
        return text.toString();
    }

    /** The offset alone, of a text that may be long. */
    static long offset(String text) {
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    /** @throws IllegalArgumentException if it is not such a text */
    static StateDigest read(String text) {
        String[] lines = text.split("\n", -1);
        String[] head = lines[0].split(" ", -1);
        if (head.length != HEAD_WORDS) {
            throw new IllegalArgumentException("a digest of " + head.length + " words");
        }
        List<CounterDetail> counters = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int space = lines[i].indexOf(' ');
            String key = new String(Base64.getDecoder().decode(lines[i].substring(0, space)), UTF_8);
            counters.add(new CounterDetail(key, lines[i].substring(space + 1)));
        }
        return new StateDigest(
                Long.parseLong(head[0]),
                Long.parseLong(head[1]),
                DigestRequest.ALL,
                Long.parseLong(head[2]),
                Long.parseLong(head[3]),
                BucketSums.of(Base64.getDecoder().decode(head[5])),
                new CounterDetails(counters, Boolean.parseBoolean(head[4])));
    }
}
