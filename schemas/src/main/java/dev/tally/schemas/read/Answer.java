package dev.tally.schemas.read;

import org.jspecify.annotations.Nullable;

/** The result of a read of anything but one counter's total: a value and as of when it holds, or why there is none. */
public sealed interface Answer<T> {
    /** @param asOf the value is exact as of its receipt */
    record Given<T>(T value, AsOf asOf) implements Answer<T> {}

    /** @param why the reason; never {@link ReadResult.Found} */
    record Missing<T>(ReadResult why) implements Answer<T> {
        public Missing {
            if (why instanceof ReadResult.Found) {
                throw new IllegalArgumentException("why: a total (expected: a reason)");
            }
        }
    }

    /** As of when the answer holds; null if it does not state it. */
    default @Nullable AsOf statedAsOf() {
        if (this instanceof Given<T> given) {
            return given.asOf();
        }
        return this instanceof Missing<T> missing ? missing.why().statedAsOf() : null;
    }
}
