package dev.tally.query.list;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.CounterPage;
import dev.tally.schemas.read.PageQuery;
import dev.tally.schemas.read.ReadQuery;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.ReadResult.Found;
import dev.tally.schemas.read.ReadResult.Missing;
import dev.tally.schemas.read.ReadResult.NotReached;
import dev.tally.schemas.read.ReadResult.Why;
import dev.tally.schemas.read.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The answers of all partitions to the same question. */
public final class Pages {
    private final List<CounterPage> given = new ArrayList<>();
    private final List<AsOf> asOf = new ArrayList<>();
    private @Nullable Gap gap;

    private Pages() {}

    /** A partition without an answer, and the reason. */
    public record Gap(int partition, Missing<CounterPage> why) {}

    /** Asks all partitions at once. Fails only if the reader breaks its contract. */
    public static CompletableFuture<Pages> read(StateReader reader, int partitions, PageQuery page, ReadQuery query) {
        List<CompletableFuture<ReadResult<CounterPage>>> reads = new ArrayList<>(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            reads.add(reader.page(partition, page, query).toCompletableFuture());
        }
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).thenApply(done -> {
            Pages pages = new Pages();
            for (int partition = 0; partition < partitions; partition++) {
                pages.add(partition, reads.get(partition).join());
            }
            return pages;
        });
    }

    private void add(int partition, ReadResult<CounterPage> result) {
        if (result instanceof Found<CounterPage> page) {
            given.add(page.value());
            asOf.add(page.asOf());
        } else if (result instanceof Missing<CounterPage> missing) {
            if (gap == null || (isMistake(missing) && !isMistake(gap.why()))) {
                gap = new Gap(partition, missing);
            }
        }
    }

    /** Whether a retry does not help. If partitions differ in their reasons, a reason of this kind is reported. */
    private static boolean isMistake(Missing<?> why) {
        return why instanceof NotReached<?> notReached && notReached.why() != Why.NOT_YET;
    }

    /** A partition without an answer; null if all have one. Only then there is a list. */
    public @Nullable Gap gap() {
        return gap;
    }

    /** The pages in order of partition. */
    public List<CounterPage> given() {
        return given;
    }

    /** How fresh all pages together are. */
    public JointAsOf asOf() {
        return JointAsOf.of(asOf);
    }
}
