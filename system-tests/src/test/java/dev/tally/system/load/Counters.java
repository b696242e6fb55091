package dev.tally.system.load;

import dev.tally.schemas.name.CounterName;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The counters of a load: some hot, most cold, some with names that need escaping, and some that no client writes to. */
public final class Counters {
    private static final List<String> HARD_NAMES = List.of(
            "a/b", "100%", "ünï cödé", "計数器", "a%2Fb", "x;y=z", "q?a=b&c", "+plus+", "\"quoted\"", "\\back", "#", "😀");
    private static final int PLAIN = 48;
    private static final int UNWRITTEN = 4;
    private static final double SKEW = 2.5;

    private final List<CounterName> written = new ArrayList<>();
    private final List<CounterName> unwritten = new ArrayList<>();

    public Counters(String namespace) {
        for (int i = 0; i < PLAIN; i++) {
            written.add(CounterName.of(namespace, "counter-" + i));
        }
        HARD_NAMES.forEach(name -> written.add(CounterName.of(namespace, name)));
        for (int i = 0; i < UNWRITTEN; i++) {
            unwritten.add(CounterName.of(namespace, "nobody-writes-" + i));
        }
    }

    public List<CounterName> all() {
        List<CounterName> all = new ArrayList<>(written);
        all.addAll(unwritten);
        return all;
    }

    CounterName toWrite(RandomGenerator random) {
        return written.get((int) (Math.pow(random.nextDouble(), SKEW) * written.size()));
    }

    CounterName toRead(RandomGenerator random) {
        return random.nextInt(20) == 0 ? unwritten.get(random.nextInt(unwritten.size())) : toWrite(random);
    }
}
