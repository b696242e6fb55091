package dev.tally.benchmarks.part;

import dev.tally.benchmarks.report.Floor;
import dev.tally.benchmarks.report.Floor.Bound;
import dev.tally.benchmarks.report.Measure;
import dev.tally.benchmarks.report.Series;
import java.util.Optional;

/** All performance limits of this project in one place. Each part describes how it was measured. */
final class Floors {
    private static final Measure COUNT = new Measure("requests", 0);
    private static final Measure PERCENT = new Measure("percent of a core", 1);
    private static final Measure MILLIS = new Measure("milliseconds", 1);

    private Floors() {}

    static Floor postOverIncr(int connections, Optional<Series> ratio) {
        return Floor.ratio(
                at("POST in up over webdis INCR, requests per second", connections),
                Bound.AT_LEAST,
                0.9,
                ratio,
                "a durable, exactly counted hit is about as fast as an INCR behind a gateway (goal: 1.00)");
    }

    static Floor countingOverStopped(int connections, Optional<Series> ratio) {
        return Floor.ratio(
                at("POST into four processes, counting over not counting", connections),
                Bound.AT_LEAST,
                0.75,
                ratio,
                "counting on the same machine costs at most a quarter of the writes");
    }

    static Floor hopOverUp(int connections, Optional<Series> ratio) {
        return Floor.ratio(
                at("GET through query-api over GET in up, requests per second", connections),
                Bound.AT_LEAST,
                0.45,
                ratio,
                "separate processes on one machine serve nearly half the reads of up");
    }

    static Floor hopCpu(int connections, Optional<Series> ratio) {
        return Floor.ratio(
                at("CPU of both processes per GET over that of a GET in up", connections),
                Bound.AT_MOST,
                2.2,
                ratio,
                "a read in separate processes takes about two reads' CPU");
    }

    static Floor refusedAtFirst(int connections, Optional<Series> refused) {
        return new Floor(
                at("GETs through query-api not answered 2xx from the first second on", connections),
                Bound.AT_MOST,
                0,
                COUNT,
                refused,
                "",
                "a ready process serves full load at once");
    }

    static Floor idle(Optional<Series> percent) {
        return new Floor(
                "CPU of up without requests, percent of a core",
                Bound.AT_MOST,
                3,
                PERCENT,
                percent,
                "",
                "an idle Tally takes at most 3 % of a core");
    }

    static Floor soonWarm(Optional<Series> ratio) {
        return Floor.ratio(
                "POST in up 10 s after it is ready over the steady rate, 64 connections",
                Bound.AT_LEAST,
                0.6,
                ratio,
                "10 s after a restart most of the rate is back");
    }

    static Floor visibleMedian(Optional<Series> millis) {
        return new Floor(
                "from a write's answer to its read, median, ms",
                Bound.AT_MOST,
                5,
                MILLIS,
                millis,
                "",
                "a writer reads the new total at once");
    }

    static Floor visibleTail(Optional<Series> millis) {
        return new Floor(
                "the same, 99th percentile, ms",
                Bound.AT_MOST,
                25,
                MILLIS,
                millis,
                "",
                "a commit delays such a read by milliseconds");
    }

    static Floor batch(int events, Optional<Series> ratio) {
        return Floor.ratio(
                "batches of " + events + " over kafka-producer-perf-test, events per second",
                Bound.AT_LEAST,
                1,
                ratio,
                "JSON over HTTP is no slower than Kafka's own producer benchmark");
    }

    static Floor countingOverDsl(Optional<Series> ratio) {
        return Floor.ratio(
                "counting over the stock DSL, events per CPU-second",
                Bound.AT_LEAST,
                1.9,
                ratio,
                "a rebuild takes about half the CPU of a plain Kafka Streams count");
    }

    static Floor ids(Optional<Series> ratio) {
        return Floor.ratio(
                "counting, a third of the events with ids over none, events per CPU-second",
                Bound.AT_LEAST,
                0.7,
                ratio,
                "ids on a third of the events cost less than half as much again");
    }

    static Floor spreadOverADay(Optional<Series> ratio) {
        return Floor.ratio(
                "counting a day's events, histories and index over neither, events per CPU-second",
                Bound.AT_LEAST,
                0.8,
                ratio,
                "histories and ranked lists cost at most a quarter more");
    }

    static Floor rebuild(Optional<Series> ratio) {
        return Floor.ratio(
                "a rebuild over counting from behind, events per second",
                Bound.AT_LEAST,
                1,
                ratio,
                "a rebuild counts as fast as a service that catches up");
    }

    static Floor postCpu(int connections, Optional<Series> ratio) {
        return Floor.ratio(
                at("CPU of ingest-api per POST over a plain handler's", connections),
                Bound.AT_MOST,
                2.5,
                ratio,
                "validation, encoding and the ack cost less than twice the HTTP");
    }

    static Floor getOverPlain(Optional<Series> ratio) {
        return Floor.ratio(
                "GET in up over a plain handler, requests per second",
                Bound.AT_LEAST,
                0.7,
                ratio,
                "a read is little more than its HTTP");
    }

    private static String at(String what, int connections) {
        return what + ", " + connections + " connections";
    }
}
