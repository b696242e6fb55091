package dev.tally.schemas.read;

import dev.tally.Operation;
import dev.tally.testkit.RandomInput;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Random answers of one service to another. */
final class RandomAnswers {
    private static final Operation[] OPERATIONS = {Operation.ADD, Operation.SET, Operation.DELETE};

    private final RandomInput odd;

    RandomAnswers(RandomInput odd) {
        this.odd = odd;
    }

    <T> Answer<T> answer(Supplier<T> value) {
        if (odd.oneIn(4)) {
            ReadResult why = result();
            return new Answer.Missing<>(why instanceof ReadResult.Found ? new ReadResult.Unknown(asOf()) : why);
        }
        return new Answer.Given<>(value.get(), asOf());
    }

    ReadResult result() {
        return switch (odd.below(5)) {
            case 0 -> {
                EventOutcome outcome = outcome();
                yield new ReadResult.Found(odd.number(), time(), asOf(), outcome, first(outcome));
            }
            case 1 -> {
                EventOutcome outcome = outcome();
                yield new ReadResult.Unknown(asOf(), outcome, first(outcome));
            }
            case 2 -> new ReadResult.Elsewhere(odd.oneIn(2) ? null : odd.text());
            case 3 -> new ReadResult.NotReady(odd.text());
            default -> new ReadResult.NotReached(any(ReadResult.Why.values()), odd.text());
        };
    }

    History history() {
        TreeSet<Long> numbers = new TreeSet<>();
        IntStream.range(0, odd.below(4)).forEach(i -> numbers.add(odd.number()));
        List<History.Bucket> buckets = numbers.stream()
                .map(number -> new History.Bucket(number, odd.bigNumber()))
                .toList();
        return new History(odd.oneIn(2) ? null : odd.number(), buckets);
    }

    Explanation explanation() {
        int partition = odd.below(Integer.MAX_VALUE);
        return new Explanation(
                odd.number(),
                odd.number(),
                odd.number(),
                odd.number(),
                odd.number(),
                new Explanation.Point(new Receipt(partition, odd.number()), time()),
                new Explanation.Point(new Receipt(partition, odd.number()), time()),
                odd.oneIn(2) ? null : odd.text());
    }

    CounterPage page() {
        List<CounterPage.Entry> entries = IntStream.range(0, odd.below(4))
                .mapToObj(i -> new CounterPage.Entry(odd.text(), odd.number(), time()))
                .toList();
        return new CounterPage(entries, odd.oneIn(2) ? null : odd.text());
    }

    Ownership ownership() {
        List<Ownership.Owner> owners = IntStream.range(0, odd.below(3))
                .mapToObj(i -> new Ownership.Owner(
                        odd.text(),
                        IntStream.range(0, 12)
                                .filter(partition -> odd.oneIn(3))
                                .boxed()
                                .toList()))
                .toList();
        return new Ownership(ReadProtocol.GENERATION, 12, owners);
    }

    private AsOf asOf() {
        boolean isEmpty = odd.oneIn(4);
        return new AsOf(
                isEmpty ? null : new Receipt(odd.below(Integer.MAX_VALUE), odd.number()),
                isEmpty ? null : time(),
                odd.oneIn(3) ? null : odd.number(),
                any(AsOf.Role.values()),
                time());
    }

    private EventOutcome outcome() {
        return odd.oneIn(2) ? null : any(EventOutcome.values());
    }

    private AppliedEvent first(EventOutcome outcome) {
        if (outcome != EventOutcome.ID_REUSED) {
            return null;
        }
        Receipt receipt = new Receipt(odd.below(Integer.MAX_VALUE), odd.number());
        return new AppliedEvent(receipt, new EventContent(any(OPERATIONS), odd.number()));
    }

    private Instant time() {
        return Instant.ofEpochMilli(odd.number());
    }

    private <E> E any(E[] values) {
        return values[odd.below(values.length)];
    }
}
