package dev.tally.system.exact;

import dev.tally.system.client.CounterRead;
import dev.tally.system.log.LogModel;
import java.util.List;

/**
 * Everything that is known of a run when it is over.
 *
 * @param attempts every time that a request to write was sent, by each client in its order
 * @param reads every read of one's own write
 * @param asked every read of more than a total
 * @param shown every answer that states a receipt, of each client in its order
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
