package dev.tally.system.exact;

import dev.tally.system.client.CounterRead;
import dev.tally.system.log.LogModel;
import java.util.List;

/**
 * Everything known about a run when it is over.
 *
 * @param attempts every attempt to send a request to write, in the order of each client
 * @param reads every read of a client's own write
 * @param asked every read of more than a total
 * @param shown every answer that states a receipt, in the order of each client
 * @param finals one read of every counter when the whole log had been applied
 * @param log the log, counted by the tests themselves
 */
record ExactRun(
        List<Write.Attempt> attempts,
        List<Read> reads,
        List<StateAsked> asked,
        List<List<Shown>> shown,
        List<CounterRead> finals,
        LogModel log) {}
