package dev.tally.standalone;

/**
 * A start that cannot go on for a reason the person at the keyboard can remove. The message is one sentence written for that person; the
 * stack says nothing and is not kept.
 */
public final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartRefusedException(String sentence) {
        super(sentence, null, false, false);
    }
}
