package dev.tally.protocol;

import dev.tally.Operation;
import dev.tally.schemas.read.AppliedEvent;
import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.EventContent;
import dev.tally.schemas.read.EventOutcome;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.Ownership;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Total;
import dev.tally.testkit.RandomInput;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Random answers of one service to another. */
final class RandomAnswers {
    private static final Operation[] OPERATIONS = {Operation.ADD, Operation.SET, Operation.DELETE};

    private final RandomInput input;

    RandomAnswers(RandomInput input) {
        this.input = input;
    }

    <T> ReadResult<T> answer(Supplier<T> value) {
        if (input.oneIn(4)) {
            int kind = input.below(5);
            return kind == 0 ? new ReadResult.Unknown<>(asOf()) : missing(kind);
        }
        return new ReadResult.Found<>(value.get(), asOf());
    }

    ReadResult<Total> result() {
        int kind = input.below(5);
        if (kind > 0) {
            return missing(kind);
        }
        EventOutcome outcome = outcome();
        return new ReadResult.Found<>(new Total(input.number(), time()), asOf(), outcome, first(outcome));
    }

    private <T> ReadResult<T> missing(int kind) {
        return switch (kind) {
            case 1 -> {
                EventOutcome outcome = outcome();
                yield new ReadResult.Unknown<>(asOf(), outcome, first(outcome));
            }
            case 2 -> new ReadResult.Elsewhere<>(input.oneIn(2) ? null : input.text());
            case 3 -> new ReadResult.NotReady<>(input.text());
            default -> new ReadResult.NotReached<>(any(ReadResult.Why.values()), input.text());
        };
    }

    History history() {
        TreeSet<Long> numbers = new TreeSet<>();
        IntStream.range(0, input.below(4)).forEach(i -> numbers.add(input.number()));
        List<History.Bucket> buckets = numbers.stream()
                .map(number -> new History.Bucket(number, input.bigNumber()))
                .toList();
        return new History(input.oneIn(2) ? null : input.number(), buckets);
    }

    Explanation explanation() {
        int partition = input.below(Integer.MAX_VALUE);
        return new Explanation(
                input.number(),
                input.number(),
                input.number(),
                input.number(),
                input.number(),
                new Explanation.Point(new Receipt(partition, input.number()), time()),
                new Explanation.Point(new Receipt(partition, input.number()), time()),
                input.oneIn(2) ? null : input.text());
    }

    CounterPage page() {
        List<CounterPage.Entry> entries = IntStream.range(0, input.below(4))
                .mapToObj(i -> new CounterPage.Entry(input.text(), input.number(), time()))
                .toList();
        return new CounterPage(entries, input.oneIn(2) ? null : input.text());
    }

    Ownership ownership() {
        List<Ownership.Owner> owners = IntStream.range(0, input.below(3))
                .mapToObj(i -> new Ownership.Owner(
                        input.text(),
                        IntStream.range(0, 12)
                                .filter(partition -> input.oneIn(3))
                                .boxed()
                                .toList()))
                .toList();
        return new Ownership("g1", 12, owners);
    }

    private AsOf asOf() {
        boolean isEmpty = input.oneIn(4);
        return new AsOf(
                isEmpty ? null : new Receipt(input.below(Integer.MAX_VALUE), input.number()),
                isEmpty ? null : time(),
                input.oneIn(3) ? null : input.number(),
                any(AsOf.Role.values()),
                time());
    }

    private EventOutcome outcome() {
        return input.oneIn(2) ? null : any(EventOutcome.values());
    }

    private AppliedEvent first(EventOutcome outcome) {
        if (outcome != EventOutcome.ID_REUSED) {
            return null;
        }
        Receipt receipt = new Receipt(input.below(Integer.MAX_VALUE), input.number());
        return new AppliedEvent(receipt, new EventContent(any(OPERATIONS), input.number()));
    }

    private Instant time() {
        return Instant.ofEpochMilli(input.number());
    }

    private <E> E any(E[] values) {
        return values[input.below(values.length)];
    }
}
