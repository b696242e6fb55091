package dev.tally.schemas.console;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Formats text and bytes for use within one line: control characters, other line terminators, backslashes and bytes that are
 * not UTF-8 ({@code \xff}) are escaped. Everything else is unchanged.
 */
final class OneLine {
    private OneLine() {}

    static String of(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        StringBuilder line = new StringBuilder(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, text, true);
            line.append(of(text.flip().toString()));
            text.clear();
            if (!result.isError()) {
                return line.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                line.append(String.format("\\x%02x", in.get() & 0xFF));
            }
            decoder.reset();
        }
    }

    static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> {
                    if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                        line.append(String.format("\\u%04x", (int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        return line.toString();
    }
}
