package dev.tally.standalone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A command line tool that is part of Kafka.
 *
 * @param mainClass the full name of its main class
 * @param bootstrap the position of its option {@code --bootstrap-server}
 */
record KafkaTool(String mainClass, Bootstrap bootstrap) {

    /** Some tools take the option before their subcommand, some after it, and some do not connect to a broker. */
    enum Bootstrap {
        FIRST,
        LAST,
        NONE
    }

    private static final String TOOLS = "org.apache.kafka.tools.";

    /** By the names of Kafka's scripts, without {@code kafka-} and {@code .sh}. */
    private static final Map<String, KafkaTool> ALL = new TreeMap<>();

    static {
        first("acls", TOOLS + "AclCommand");
        first("broker-api-versions", TOOLS + "BrokerApiVersionsCommand");
        first("client-metrics", TOOLS + "ClientMetricsCommand");
        first("configs", "kafka.admin.ConfigCommand");
        first("console-consumer", TOOLS + "consumer.ConsoleConsumer");
        first("console-producer", TOOLS + "ConsoleProducer");
        first("console-share-consumer", TOOLS + "consumer.ConsoleShareConsumer");
        first("consumer-groups", TOOLS + "consumer.group.ConsumerGroupCommand");
        first("consumer-perf-test", TOOLS + "ConsumerPerformance");
        first("delegation-tokens", TOOLS + "DelegationTokenCommand");
        first("delete-records", TOOLS + "DeleteRecordsCommand");
        first("e2e-latency", TOOLS + "EndToEndLatency");
        first("features", TOOLS + "FeatureCommand");
        first("get-offsets", TOOLS + "GetOffsetShell");
        first("groups", TOOLS + "GroupsCommand");
        first("leader-election", TOOLS + "LeaderElectionCommand");
        first("log-dirs", TOOLS + "LogDirsCommand");
        first("metadata-quorum", TOOLS + "MetadataQuorumCommand");
        first("producer-perf-test", TOOLS + "ProducerPerformance");
        first("reassign-partitions", TOOLS + "reassign.ReassignPartitionsCommand");
        first("share-consumer-perf-test", TOOLS + "ShareConsumerPerformance");
        first("share-groups", TOOLS + "consumer.group.ShareGroupCommand");
        first("streams-application-reset", TOOLS + "StreamsResetter");
        first("streams-groups", TOOLS + "streams.StreamsGroupCommand");
        first("topics", TOOLS + "TopicCommand");
        first("transactions", TOOLS + "TransactionsCommand");
        first("verifiable-consumer", TOOLS + "VerifiableConsumer");
        first("verifiable-producer", TOOLS + "VerifiableProducer");
        ALL.put("cluster", new KafkaTool(TOOLS + "ClusterTool", Bootstrap.LAST));
        ALL.put("dump-log", new KafkaTool(TOOLS + "DumpLogSegments", Bootstrap.NONE));
        ALL.put("jmx", new KafkaTool(TOOLS + "JmxTool", Bootstrap.NONE));
        ALL.put("storage", new KafkaTool("kafka.tools.StorageTool", Bootstrap.NONE));
    }

    private static void first(String name, String mainClass) {
        ALL.put(name, new KafkaTool(mainClass, Bootstrap.FIRST));
    }

    /** All tools, sorted by name. */
    static Map<String, KafkaTool> all() {
        return ALL;
    }

    /** @throws CommandFailedException if Kafka has no such tool; the message names the existing ones */
    static KafkaTool named(String name) {
        KafkaTool tool = ALL.get(name);
        if (tool == null) {
            String known = String.join(", ", ALL.keySet());
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    "unknown Kafka tool: " + name + Nearest.hint(name, ALL.keySet()) + "; known tools: " + known);
        }
        return tool;
    }

    /** The arguments with the bootstrap servers added, unless they contain an address or ask for help. */
    List<String> complete(List<String> arguments, String bootstrapServers) {
        List<String> complete = new ArrayList<>(arguments);
        if (bootstrap != Bootstrap.NONE && arguments.stream().noneMatch(KafkaTool::saysWhere)) {
            int at = bootstrap == Bootstrap.FIRST ? 0 : complete.size();
            complete.addAll(at, List.of("--bootstrap-server", bootstrapServers));
        }
        return complete;
    }

    private static boolean saysWhere(String argument) {
        return argument.startsWith("--bootstrap-")
                || argument.equals("--help")
                || argument.equals("-h")
                || argument.equals("--version");
    }
}
