package dev.tally.streams.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Lets one writing thread change a few fields together while any number of readers copy them, none of them ever waiting
 * for a lock: the version is odd while a change is under way, and a reader whose version moved reads again.
 *
 * <p>A subclass guards its own fields with it; the writer is the stream thread that owns the partition. (Inherited rather
 * than held so that an entry stays one object: there is one per counter in memory.)
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

    /** Writer only: what follows is a change. */
    final void beginChange() {
        VERSION.setOpaque(this, version + 1);
        VarHandle.storeStoreFence(); // no field may be seen changed under the even version
    }

    /** Writer only: the change is whole, and visible to whoever reads from now on. */
    final void endChange() {
        VERSION.setRelease(this, version + 1);
    }

    /** Reader: the version to hand to {@link #changedSince} once the fields are copied. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint, on which nothing depends
    final int beginRead() {
        for (int spins = 0; ; spins++) {
            int seen = (int) VERSION.getAcquire(this);
            if ((seen & 1) == 0) {
                return seen;
            }
            if (spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // the writer lost its processor in the middle of a change
            }
        }
    }

    /** Reader: whether the fields copied since {@link #beginRead} may be torn, and have to be copied again. */
    final boolean changedSince(int seen) {
        VarHandle.loadLoadFence(); // the copies are made before the version is looked at again
        return (int) VERSION.getOpaque(this) != seen;
    }
}
