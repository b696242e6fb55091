package dev.tally.protocol;

import com.fasterxml.jackson.core.JsonToken;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.read.ReadResult;
import dev.tally.schemas.read.Total;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and parses the request for many totals and its answer. */
final class TotalsText {
    private static final String RESULTS = "results";
    /** Names cannot contain it. */
    private static final char SEPARATOR = '\n';

    private static final String SEPARATOR_ENCODED = "%0A";

    private TotalsText() {}

    static String name(CounterName counter) {
        return counter.path() + SEPARATOR_ENCODED;
    }

    /** @param path the path of the request */
    static String target(String path, List<String> names) {
        int chars = 0;
        for (String name : names) {
            chars += name.length();
        }
        StringBuilder target = new StringBuilder(path.length() + chars + 4)
                .append(path)
                .append('?')
                .append(ReadProtocol.TOTALS_PARAMETER)
                .append('=');
        names.forEach(target::append);
        target.setLength(target.length() - SEPARATOR_ENCODED.length());
        return target.toString();
    }

    static List<CounterName> names(@Nullable String text) {
        List<CounterName> names = new ArrayList<>();
        int start = 0;
        while (text != null && start <= text.length()) {
            int separator = text.indexOf(SEPARATOR, start);
            int end = separator < 0 ? text.length() : separator;
            CounterName name = CounterName.ofKey(text.substring(start, end).getBytes(StandardCharsets.UTF_8));
            if (name == null || names.size() == ReadProtocol.TOTALS_MAX) {
                break;
            }
            names.add(name);
            start = end + 1;
        }
        if (text == null || start <= text.length()) {
            throw new IllegalArgumentException(ReadProtocol.TOTALS_PARAMETER + ": expected 1 to "
                    + ReadProtocol.TOTALS_MAX + " names of counters, a line break between them");
        }
        return names;
    }

    static byte[] write(List<@Nullable ReadResult<Total>> results) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart(RESULTS);
            for (ReadResult<Total> result : results) {
                if (result == null) {
                    out.writeNull();
                } else {
                    ResultJson.TOTAL.write(result, out);
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    static List<@Nullable ReadResult<Total>> parse(byte[] json, int count) throws MalformedAnswerException {
        return Json.parse(json, in -> {
            List<@Nullable ReadResult<Total>> results = new ArrayList<>(count);
            Json.object(in, field -> {
                if (!field.equals(RESULTS)) {
                    throw Json.unknownField(field);
                }
                Json.array(
                        in,
                        () -> results.add(
                                in.currentToken() == JsonToken.VALUE_NULL ? null : ResultJson.TOTAL.read(in)));
            });
            if (results.size() != count) {
                throw new MalformedAnswerException("the number of results differs from that of counters");
            }
            return results;
        });
    }
}
