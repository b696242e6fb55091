package dev.tally.streams.state.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A sequence lock. One writer thread changes several fields together while any number of readers copy them without a lock. The
 * version is odd during a change. A reader reads again if the version has changed.
 *
 * <p>A subclass guards its own fields. The writer is the stream thread that owns the partition. (A superclass and not a field, so
 * that an entry is one object: there is one per counter in memory.)
 */
abstract class SequenceLock {
    private static final VarHandle VERSION;
    private static final int SPINS_BEFORE_YIELD = 100;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(SequenceLock.class, "version", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // written through the handle
    private int version;

    /** Writer only: begins a change. */
    final void beginChange() {
        VERSION.setOpaque(this, version + 1);
        VarHandle.storeStoreFence(); // no changed field may be visible with the even version
    }

    /** Writer only: ends the change, which is then visible to all subsequent reads. */
    final void endChange() {
        VERSION.setRelease(this, version + 1);
    }

    /** Reader: the version to pass to {@link #changedSince} after the fields are copied. */
    @SuppressWarnings("ThreadPriorityCheck") // only a hint
    final int beginRead() {
        for (int spins = 0; ; spins++) {
            int seen = (int) VERSION.getAcquire(this);
            if ((seen & 1) == 0) {
                return seen;
            }
            if (spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the writer was preempted during a change
            }
        }
    }

    /** Reader: whether the fields copied since {@link #beginRead} may be inconsistent and must be copied again. */
    final boolean changedSince(int seen) {
        VarHandle.loadLoadFence(); // the copies happen before the version is read again
        return (int) VERSION.getOpaque(this) != seen;
    }
}
