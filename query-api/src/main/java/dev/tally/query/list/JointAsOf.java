package dev.tally.query.list;

import dev.tally.schemas.read.AsOf;
import dev.tally.schemas.read.Receipt;
import dev.tally.schemas.read.Receipts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fresh an answer from several partitions is: no fresher than the least fresh of them.
 *
 * @param receipt the joined receipts of the partitions that have one; null if none has
 * @param rest all other fields; its own receipt is null
 */
public record JointAsOf(@Nullable String receipt, AsOf rest) {
    /** @param all in ascending order of partition; at least one */
    static JointAsOf of(List<AsOf> all) {
        List<Receipt> receipts = new ArrayList<>(all.size());
        Instant time = null;
        Long lag = 0L;
        AsOf.Role role = AsOf.Role.ACTIVE;
        Instant checkedAt = Instant.MAX;
        for (AsOf each : all) {
            if (each.receipt() != null) {
                receipts.add(each.receipt());
            }
            Instant applied = each.time();
            if (applied != null && (time == null || applied.isAfter(time))) {
                time = applied;
            }
            lag = lag == null || each.lag() == null ? null : Long.valueOf(Math.max(lag, each.lag()));
            role = each.role() == AsOf.Role.STANDBY ? AsOf.Role.STANDBY : role;
            checkedAt = each.checkedAt().isBefore(checkedAt) ? each.checkedAt() : checkedAt;
        }
        return new JointAsOf(
                receipts.isEmpty() ? null : Receipts.text(receipts), new AsOf(null, time, lag, role, checkedAt));
    }
}
