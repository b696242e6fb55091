package dev.tally.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tally.schemas.EventFormatter;
import dev.tally.schemas.api.SettingNames;
import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.topic.Topics;
import dev.tally.service.settings.Environment;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.standalone.Standalone;
import dev.tally.standalone.StandaloneSettings;
import dev.tally.standalone.http.Installation;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Loads the classes that the commands need, for the class archive that {@code scripts/tally} creates after a build: the JVM
 * writes what is loaded when this program ends ({@code -XX:ArchiveClassesAtExit}). It starts the whole system over a new
 * directory and on free ports, and sends it one request of each kind. It reads no setting of the environment, so it reaches no
 * other Tally.
 */
final class TrainingRun {

    private static final int START_SECONDS_MAX = 60;
    private static final CounterName COUNTER = CounterName.of("tally", "training");

    private TrainingRun() {}

    /** @param arguments a directory for the data of the run, created if it is missing */
    public static void main(String[] arguments) throws Exception {
        Logging.choose(new String[] {"up"});
        Map<String, String> flags = Map.of("--http-port", "0", "--kafka-port", "0", "--data-dir", arguments[0]);
        try (Standalone system = Standalone.start(StandaloneSettings.read(Map.of(), flags))) {
            system.ready().get(START_SECONDS_MAX, TimeUnit.SECONDS);
            use(system.installation());
        }
        System.exit(ExitCode.OK);
    }

    private static void use(Installation system) throws Exception {
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        Tally.run(new String[] {"hit", "--help"}, out, out);
        Tally.run(new String[] {"hit", "not-a-counter"}, out, out);
        ClosedOutput.endsTheProcess();
        PlainCommand.of(out, "hit", COUNTER.toString());
        TallyClient tally = new TallyClient(
                ClientSettings.read(Map.of("TALLY_URL", system.http())).readUrl());
        tally.post(COUNTER, "{\"delta\":1,\"id\":\"training\"}", "5s");
        new HitCommand(COUNTER).hit(tally, out);
        new GetCommand(COUNTER).get(tally, out);
        tally.list(COUNTER.namespace(), "limit", "1");
        KafkaSettings kafka = KafkaSettings.read(
                Environment.of(SettingNames.ALL, Map.of("TALLY_KAFKA_BOOTSTRAP_SERVERS", system.kafka()), Map.of()));
        new ConsoleRead(Topics.EVENTS, EventFormatter.class.getName(), Map.of("json", "true"), false)
                .run(kafka, COUNTER);
    }
}
