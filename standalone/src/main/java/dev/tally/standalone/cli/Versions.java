package dev.tally.standalone.cli;

import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** What runs here: Tally, the Kafka that it is built with, and Java, each on a line. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String tally = Tally.class.getPackage().getImplementationVersion();
        return new String[] {
            "Tally " + (tally == null ? "from its classes" : tally),
            "Kafka " + AppInfoParser.getVersion(),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
