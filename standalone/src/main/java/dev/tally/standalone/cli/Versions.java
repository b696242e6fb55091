package dev.tally.standalone.cli;

import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** The versions of Tally, of the Kafka that it is built with, and of Java, one per line. */
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
