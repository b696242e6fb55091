package dev.tally.system.client;

/** One answer as received: the head up to its blank line, and the body. */
public record RawAnswer(String head, String body) {
    public int status() {
        return Integer.parseInt(head.split(" ", 3)[1].strip());
    }

    public boolean isProblem() {
        return head.toLowerCase(java.util.Locale.ROOT).contains("content-type: application/problem+json");
    }
}
