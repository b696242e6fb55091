package dev.tally.standalone.audit;

/** Learns how far an audit is. Called often, so it must be fast. */
public interface AuditProgress {
    /** Shows nothing. */
    AuditProgress NONE = new AuditProgress() {
        @Override
        public void begin(String step, long total) {}

        @Override
        public void advance(long more) {}
    };

    /**
     * A step begins.
     *
     * @param step what is done, as "counting the log"
     * @param total its size in the units of {@link #advance}; 0 if it is not known
     */
    void begin(String step, long total);

    void advance(long more);
}
