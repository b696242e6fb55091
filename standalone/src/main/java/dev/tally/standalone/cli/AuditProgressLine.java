package dev.tally.standalone.cli;

import dev.tally.standalone.audit.AuditProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Draws the progress of an audit in one line of a terminal, a few times a second. */
final class AuditProgressLine implements AuditProgress {

    private static final long REDRAW_NANOS = 200_000_000;
    private static final int BAR_CHARS = 30;
    /** Moves to the start of the line and deletes it. */
    private static final String CLEAR = "\r\u001B[K";

    private final PrintWriter terminal;
    private final LongSupplier nanoTime;
    private String step = "";
    private long total;
    private long done;
    private long began;
    private long drawn;

    AuditProgressLine(PrintWriter terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    @Override
    public void begin(String newStep, long newTotal) {
        step = newStep;
        total = newTotal;
        done = 0;
        began = nanoTime.getAsLong();
        draw(began);
    }

    @Override
    public void advance(long more) {
        done += more;
        long now = nanoTime.getAsLong();
        if (now - drawn >= REDRAW_NANOS) {
            draw(now);
        }
    }

    /** Removes the line, so that the result begins on an empty one. */
    void clear() {
        terminal.print(CLEAR);
        terminal.flush();
    }

    private void draw(long now) {
        drawn = now;
        double seconds = (now - began) / 1e9;
        long rate = seconds <= 0 ? 0 : Math.round(done / seconds);
        String text = String.format(Locale.ROOT, "%s%-22s %s%,d  %,d/s", CLEAR, step, bar(), done, rate);
        terminal.print(text);
        terminal.flush();
    }

    private String bar() {
        if (total <= 0) {
            return "";
        }
        long part = Math.min(done, total);
        int full = (int) (part * BAR_CHARS / total);
        return "[" + "#".repeat(full) + " ".repeat(BAR_CHARS - full) + "] " + part * 100 / total + "% ";
    }
}
