package dev.tally.streams.state.digest;

import java.util.List;

/**
 * Counters in the order of their keys, by unsigned bytes.
 *
 * @param complete false if there are more of the requested counters, after the last of these
 */
public record CounterDetails(List<CounterDetail> counters, boolean complete) {
    public static final CounterDetails NONE = new CounterDetails(List.of(), true);

    public CounterDetails {
        counters = List.copyOf(counters);
    }

    /**
     * One counter.
     *
     * @param key {@code namespace/counter}
     * @param text its fields and digests of its minutes, hours and days; equal if and only if these are equal
     */
    public record CounterDetail(String key, String text) {}
}
