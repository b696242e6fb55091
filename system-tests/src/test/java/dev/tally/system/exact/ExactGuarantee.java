package dev.tally.system.exact;

import java.util.List;

/** A guarantee that holds in every run of exact counting. It is checked when the run is over. */
interface ExactGuarantee {
    /** Each violation in one line; empty if the guarantee held. */
    List<String> violations(ExactRun run);
}
