package dev.tally.system.guarantee;

import dev.tally.system.client.CounterRead;
import dev.tally.system.log.LogModel;
import java.util.List;

/**
 * Everything known about a run when it is over.
 *
 * @param log the whole log of events, read and counted by the tests themselves
 * @param finals one read of every counter, made when the system had applied the whole log
 */
public record Run(List<Written> writes, List<Observed> reads, List<CounterRead> finals, LogModel log) {}
