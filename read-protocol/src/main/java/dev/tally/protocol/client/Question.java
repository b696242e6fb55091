package dev.tally.protocol.client;

import dev.tally.protocol.MalformedAnswerException;
import dev.tally.protocol.ReadProtocol;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.Answer;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.Explanation;
import dev.tally.schemas.read.History;
import dev.tally.schemas.read.HistoryRange;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.Found;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A question to the owner of a partition.
 *
 * @param target the path and query of the request
 * @param bytesMax the maximum length of an answer
 * @param parser the parser of the answer
 * @param fits whether a value is a possible answer to this question
 * @param joint how to ask this question together with others; null if it is only asked alone
 */
public record Question<T>(
        Function<ReadQuery, String> target,
        int bytesMax,
        Parser<T> parser,
        Predicate<T> fits,
        @Nullable Joint<T> joint) {
    /**
     * A question for a current total.
     *
     * @param answer converts the result of the total to an answer to this question
     */
    public record Joint<T>(CounterName counter, Function<ReadResult, Answer<T>> answer) {}

    private Question(Function<ReadQuery, String> target, int bytesMax, Parser<T> parser, Predicate<T> fits) {
        this(target, bytesMax, parser, fits, null);
    }

    public interface Parser<T> {
        Answer<T> parse(byte[] json) throws MalformedAnswerException;
    }

    /** A total. {@link #result} converts its answer to the result of a read. */
    public static Question<Found> total(CounterName counter) {
        return new Question<>(
                query -> ReadProtocol.counterTarget(counter, query),
                ReadProtocol.RESULT_BYTES_MAX,
                json -> answer(ReadProtocol.parseResult(json)),
                total -> true,
                new Joint<>(counter, Question::answer));
    }

    public static Question<History> history(CounterName counter, HistoryRange range) {
        return new Question<>(
                query -> ReadProtocol.historyTarget(counter, range, query),
                ReadProtocol.ANSWER_BYTES_MAX,
                ReadProtocol::parseHistory,
                history -> isWithin(history.buckets(), range));
    }

    public static Question<Explanation> explanation(CounterName counter) {
        return new Question<>(
                query -> ReadProtocol.explainTarget(counter, query),
                ReadProtocol.ANSWER_BYTES_MAX,
                ReadProtocol::parseExplanation,
                explanation -> true);
    }

    public static Question<CounterPage> page(int partition, PageQuery page) {
        return new Question<>(
                query -> ReadProtocol.pageTarget(partition, page, query),
                ReadProtocol.ANSWER_BYTES_MAX,
                ReadProtocol::parsePage,
                page::fits);
    }

    private static Answer<Found> answer(ReadResult result) {
        return result instanceof Found found ? new Answer.Given<>(found, found.asOf()) : new Answer.Missing<>(result);
    }

    public static ReadResult result(Answer<Found> answer) {
        return answer instanceof Answer.Missing<Found> missing ? missing.why() : ((Answer.Given<Found>) answer).value();
    }

    /** The parser has checked that the buckets ascend. */
    private static boolean isWithin(List<History.Bucket> buckets, HistoryRange range) {
        return buckets.isEmpty()
                || (buckets.get(0).number() >= range.from()
                        && buckets.get(buckets.size() - 1).number() < range.to());
    }
}
