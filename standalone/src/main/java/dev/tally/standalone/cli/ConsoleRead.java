package dev.tally.standalone.cli;

import dev.tally.schemas.name.CounterName;
import dev.tally.schemas.name.Placement;
import dev.tally.schemas.registry.RegistryRefusedException;
import dev.tally.schemas.registry.RegistryUnavailableException;
import dev.tally.service.settings.KafkaSettings;
import dev.tally.service.settings.KafkaSettings.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.consumer.ConsoleConsumer;
import org.apache.kafka.tools.consumer.ConsoleConsumerOptions;
import org.jspecify.annotations.Nullable;

/** Prints a topic with the stock console consumer, to its current end or forever. */
final class ConsoleRead {

    private static final int ANSWER_MAX_MS = 10_000;
    /** After this time without a message before the end is reached, Kafka is considered unavailable. */
    private static final int SILENCE_MAX_MS = 30_000;

    private final String topic;
    private final String formatter;
    private final Map<String, String> formatterProperties;
    private final boolean follow;

    /**
     * @param formatter the class name of the formatter
     * @param follow whether to never stop
     */
    ConsoleRead(String topic, String formatter, Map<String, String> formatterProperties, boolean follow) {
        this.topic = topic;
        this.formatter = formatter;
        this.formatterProperties = formatterProperties;
        this.follow = follow;
    }

    /** @param counter the counter whose partition is read; null for all partitions */
    int run(KafkaSettings kafka, @Nullable CounterName counter) throws Exception {
        Map<String, Object> consumer =
                kafka.properties(Client.CONSUMER, Map.of("group.protocol", "consumer"), Map.of());
        EndOfTopic end = EndOfTopic.of(topic, admin(kafka));
        List<String> arguments = arguments(consumer);
        if (counter != null) {
            int partition = Placement.partition(counter.key(), end.partitions());
            end = end.only(partition);
            arguments.addAll(List.of("--partition", Integer.toString(partition), "--offset", "earliest"));
        } else {
            arguments.add("--from-beginning");
        }
        if (follow) {
            consume(arguments);
            return ExitCode.OK;
        }
        return end.unread().isEmpty() ? ExitCode.OK : runTo(end, arguments);
    }

    private int runTo(EndOfTopic end, List<String> arguments) throws Exception {
        property(arguments, "interceptor.classes", StopAtEnd.class.getName());
        property(arguments, StopAtEnd.UNREAD, StopAtEnd.format(end.unread()));
        arguments.addAll(List.of("--timeout-ms", Integer.toString(SILENCE_MAX_MS)));
        AtomicBoolean ended = new AtomicBoolean();
        Exit.setShutdownHookAdder((name, hook) -> {
            StopAtEnd.onEnd(() -> {
                ended.set(true);
                hook.run();
            });
            Runtime.getRuntime().addShutdownHook(new Thread(hook, name));
        });
        consume(arguments);
        if (!ended.get() && !System.out.checkError()) {
            throw new CommandFailedException(ExitCode.FAILED, "Kafka stopped answering before the end of " + topic);
        }
        return ExitCode.OK;
    }

    /**
     * @throws CommandFailedException if the schema registry is needed and unavailable: a line that says otherwise would
     *     be wrong
     */
    private static void consume(List<String> arguments) throws Exception {
        try {
            ConsoleConsumer.run(options(arguments));
        } catch (RegistryUnavailableException | RegistryRefusedException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private List<String> arguments(Map<String, Object> consumer) {
        List<String> arguments = new ArrayList<>(List.of("--topic", topic, "--formatter", formatter));
        arguments.addAll(List.of("--bootstrap-server", String.valueOf(consumer.get("bootstrap.servers"))));
        // Records of aborted transactions are not counted, so they are not shown.
        arguments.addAll(List.of("--isolation-level", "read_committed"));
        consumer.forEach((name, value) -> property(arguments, name, String.valueOf(value)));
        formatterProperties.forEach((name, value) -> {
            arguments.add("--formatter-property");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }

    private static void property(List<String> arguments, String name, String value) {
        arguments.add("--command-property");
        arguments.add(name + "=" + value);
    }

    static Map<String, Object> admin(KafkaSettings kafka) {
        Map<String, Object> patience =
                Map.of("default.api.timeout.ms", ANSWER_MAX_MS, "request.timeout.ms", ANSWER_MAX_MS / 2);
        return kafka.properties(Client.ADMIN, patience, Map.of());
    }

    private static ConsoleConsumerOptions options(List<String> arguments) throws Exception {
        return new ConsoleConsumerOptions(arguments.toArray(String[]::new));
    }
}
