package dev.tally.system.exact;

import java.util.List;

/** Something that holds in every run of exact counting, judged when the run is over. */
interface ExactGuarantee {
    /** Each violation in one line; none if the guarantee held. */
    List<String> violations(ExactRun run);
}
