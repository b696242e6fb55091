package dev.tally.schemas.generation;

/** The requested change does not fit the present generations. The message is one sentence for the operator. */
public final class ChangeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ChangeRefusedException(String sentence) {
        super(sentence);
    }
}
