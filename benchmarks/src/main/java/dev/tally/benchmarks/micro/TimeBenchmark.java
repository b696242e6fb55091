package dev.tally.benchmarks.micro;

import dev.tally.service.http.json.Rfc3339;
import dev.tally.service.http.json.UtcTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads and writes one RFC 3339 time, with our code and with the JDK's formatter. */
@State(Scope.Thread)
public class TimeBenchmark {
    private static final DateTimeFormatter READER = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            .toFormatter();
    private static final DateTimeFormatter WRITER =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private String text = "2026-11-24T12:00:00.123Z";
    private long time = 1_795_000_000_123L;

    @Benchmark
    public long readByOurParser() {
        return Rfc3339.parse(text);
    }

    @Benchmark
    public long readByTheFormatter() {
        return Instant.from(READER.parse(text)).toEpochMilli();
    }

    @Benchmark
    public String writeByOurWriter() {
        return UtcTime.format(time);
    }

    @Benchmark
    public String writeByTheFormatter() {
        return WRITER.format(Instant.ofEpochMilli(time));
    }
}
