package dev.tally.service.http.json;

import dev.tally.service.http.problem.Shown;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first position at which a text is not JSON, and what JSON allows there, because the parser's own messages are
 * meant for Java programmers. Used only after the parser has rejected the text. The text is valid UTF-8. One instance
 * checks one text.
 */
final class JsonSyntax {
    /** What may follow the first value if only one value is allowed. */
    static final String NOTHING_MORE = "nothing more";

    private static final String VALUE = "a value: a string in double quotes, a number, true, false, null, { or [";
    private static final String NAME = "a field name in double quotes";
    private static final String ESCAPE =
            "an escape: \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u and four hexadecimal digits";
    private static final int WORD_BYTES_MAX = 20;

    /** An escape sequence. Group 1 matches if it is an unpaired surrogate. */
    private static final Pattern HALF = Pattern.compile(
            "\\\\(?:u[dD][89abAB]..\\\\u[dD][c-fC-F]..|[^u]|u[^dD]...|u[dD][0-7]..)|(\\\\u[dD][89a-fA-F]..)");

    /**
     * @param at the index of the byte
     * @param found what the text has there, for messages
     * @param expected what JSON allows there, for messages
     */
    record Fault(int at, String found, String expected) {}

    /** What may come next. */
    private enum Next {
        FIRST,
        ANOTHER,
        VALUE,
        ELEMENT_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END
    }

    private final byte[] text;
    private final int to;
    private final String afterFirst;
    private final boolean[] inObject;
    private int depth;
    private int at;
    private boolean tooDeep;
    private Next next = Next.FIRST;
    private @Nullable Fault fault;

    private JsonSyntax(byte[] text, int from, int to, int depthMax, String afterFirst) {
        this.text = text;
        this.at = from;
        this.to = to;
        this.inObject = new boolean[depthMax];
        this.afterFirst = afterFirst;
    }

    /**
     * Finds the first fault. Every top-level value has to be an object or an array.
     *
     * @param afterFirst what may follow the first value, for messages: {@link #NOTHING_MORE}, or else other values
     * @return null if the text is JSON, or if it is nested deeper than {@code depthMax} before any other fault
     */
    static @Nullable Fault find(byte[] text, int from, int to, int depthMax, String afterFirst) {
        JsonSyntax syntax = new JsonSyntax(text, from, to, depthMax, afterFirst);
        syntax.skipSpace();
        while (syntax.fault == null && !syntax.tooDeep && !syntax.isDone()) {
            syntax.step();
            syntax.skipSpace();
        }
        return syntax.fault;
    }

    private boolean isDone() {
        return at == to && next == Next.ANOTHER;
    }

    private void step() {
        switch (next) {
            case FIRST -> outermost("a JSON object");
            case ANOTHER -> outermost(afterFirst);
            case VALUE -> value(VALUE);
            case ELEMENT_OR_END -> {
                if (!closes(']')) {
                    value(VALUE + ", or ]");
                }
            }
            case NAME -> name(NAME);
            case NAME_OR_END -> {
                if (!closes('}')) {
                    name(NAME + ", or }");
                }
            }
            case COLON -> {
                if (take(':')) {
                    next = Next.VALUE;
                } else {
                    fail(at, found(), "a colon");
                }
            }
            case COMMA_OR_END -> commaOrEnd();
        }
    }

    private void outermost(String expected) {
        if (expected.equals(NOTHING_MORE) || (peek() != '{' && peek() != '[')) {
            fail(at, found(), expected);
        } else {
            value(expected);
        }
    }

    private void commaOrEnd() {
        boolean object = inObject[depth - 1];
        if (take(',')) {
            next = object ? Next.NAME : Next.VALUE;
        } else if (!closes(object ? '}' : ']')) {
            fail(at, found(), object ? "a comma or }" : "a comma or ]");
        }
    }

    private void value(String expected) {
        int c = peek();
        if (c == '{' || c == '[') {
            at++;
            open(c == '{');
        } else if (c == '"') {
            string();
            ended();
        } else if (c == '-' || isDigit(c)) {
            number();
            ended();
        } else if (word("true") || word("false") || word("null")) {
            ended();
        } else {
            fail(at, found(), expected);
        }
    }

    private void open(boolean object) {
        tooDeep = depth == inObject.length;
        if (!tooDeep) {
            inObject[depth++] = object;
            next = object ? Next.NAME_OR_END : Next.ELEMENT_OR_END;
        }
    }

    private boolean closes(char end) {
        if (!take(end)) {
            return false;
        }
        depth--;
        ended();
        return true;
    }

    private void ended() {
        next = depth == 0 ? Next.ANOTHER : Next.COMMA_OR_END;
    }

    private void name(String expected) {
        if (peek() == '"') {
            int start = at;
            string();
            next = Next.COLON;
            refuseHalf(start);
        } else {
            fail(at, found(), expected);
        }
    }

    /** Reports an unpaired surrogate in a name. {@link JsonReader} reports one in a value, because it knows the field. */
    private void refuseHalf(int start) {
        Matcher half = HALF.matcher(new String(text, start, at - start, StandardCharsets.ISO_8859_1));
        while (fault == null && half.find()) {
            if (half.group(1) != null) {
                fail(start + half.start(1), "'" + half.group(1) + "'", "a complete surrogate pair");
            }
        }
    }

    private void string() {
        at++;
        while (fault == null && peek() != '"') {
            int c = peek();
            if (c < 0) {
                fail(at, found(), "the double quote that ends the string");
            } else if (c == '\\') {
                escape();
            } else if (c < ' ') {
                fail(at, found() + " within a string", "an escape such as \\n");
            } else {
                at++;
            }
        }
        at += fault == null ? 1 : 0;
    }

    private void escape() {
        int start = at++;
        int c = peek();
        boolean known = c > 0 && "\"\\/bfnrtu".indexOf(c) >= 0;
        at += known ? 1 : 0;
        for (int digits = c == 'u' ? 4 : 0; digits > 0 && known; digits--) {
            known = Character.digit(peek(), 16) >= 0;
            at += known ? 1 : 0;
        }
        if (!known) {
            String found = at == to
                    ? "the end of the text after " + part(start, to)
                    : "'" + Shown.raw(part(start, characterEnd(at))) + "'";
            fail(start, found, ESCAPE);
        }
    }

    private void number() {
        take('-');
        if (take('0')) {
            if (isDigit(peek())) {
                fail(at, found() + " after 0", "a number without leading zeros");
            }
        } else {
            digits();
        }
        if (fault == null && take('.')) {
            digits();
        }
        if (fault == null && (take('e') || take('E'))) {
            if (!take('+')) {
                take('-');
            }
            digits();
        }
    }

    private void digits() {
        if (!isDigit(peek())) {
            fail(at, found(), "a digit");
        }
        while (isDigit(peek())) {
            at++;
        }
    }

    private boolean word(String word) {
        boolean found = wordEnd(at) - at == word.length()
                && part(at, at + word.length()).equals(word);
        at += found ? word.length() : 0;
        return found;
    }

    private boolean take(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    /** The byte that comes next, or -1. */
    private int peek() {
        return at < to ? text[at] & 0xFF : -1;
    }

    private void skipSpace() {
        while (at < to && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
            at++;
        }
    }

    private void fail(int place, String found, String expected) {
        fault = new Fault(place, found, expected);
    }

    /** What the text has at the current position, as shown in messages: a word, a character, or the end. */
    private String found() {
        if (at == to) {
            return "the end of the text";
        }
        int end = wordEnd(at);
        if (end > at) {
            boolean cut = end - at > WORD_BYTES_MAX;
            return "'" + part(at, cut ? at + WORD_BYTES_MAX : end) + (cut ? "…" : "") + "'";
        }
        String character = part(at, characterEnd(at));
        int c = character.codePointAt(0);
        boolean visible = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
        return visible ? "'" + character + "'" : String.format("U+%04X", c);
    }

    private int characterEnd(int start) {
        int end = start + 1;
        while (end < to && (text[end] & 0xC0) == 0x80) {
            end++;
        }
        return end;
    }

    /** The index after the letters and digits that start at {@code start}. */
    private int wordEnd(int start) {
        int end = start;
        while (end < to && text[end] > 0 && Character.isLetterOrDigit(text[end])) {
            end++;
        }
        return end;
    }

    private String part(int from, int end) {
        return new String(text, from, end - from, StandardCharsets.UTF_8);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
