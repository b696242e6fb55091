package dev.tally.standalone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** Formats an empty directory for a broker, once. */
final class BrokerStorage {

    private static final String FORMATTED = "meta.properties";

    private BrokerStorage() {}

    /** Does nothing if the directory is already formatted. Existing content is never changed. */
    static void formatIfNew(Path logs) throws Exception {
        if (Files.exists(logs.resolve(FORMATTED))) {
            return;
        }
        Files.createDirectories(logs);
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerConfiguration.NODE_ID)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(BrokerSockets.CONTROLLER)
                .addDirectory(logs.toString())
                .setMetadataLogDirectory(logs.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .run();
    }
}
