package dev.tally.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tally.streams", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule THE_TOPOLOGY_KNOWS_NO_CLOCK_ENVIRONMENT_CLIENT_OR_HTTP = noClasses()
            .that()
            .resideInAPackage("..topology..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka.clients..", "dev.tally.service..", "io.undertow..", "java.time..", "..runtime..");

    @ArchTest
    static final ArchRule THE_TOPOLOGY_READS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("..topology..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv");

    @ArchTest
    static final ArchRule ONLY_THE_RUNTIME_USES_KAFKA_CLIENTS = noClasses()
            .that()
            .resideOutsideOfPackage("..runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.clients..");

    @ArchTest
    static final ArchRule ONE_CLASS_TOUCHES_KAFKAS_INTERNALS = noClasses()
            .that()
            .doNotHaveSimpleName("WriteBehindStore")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka.streams.processor.internals..", "org.apache.kafka.streams.state.internals..");

    @ArchTest
    static final ArchRule THE_OTHER_SERVICES_AND_THE_BROKER_ARE_UNKNOWN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tally.ingest..",
                    "dev.tally.query..",
                    "dev.tally.standalone..",
                    "kafka..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.tools..");

    @ArchTest
    static final ArchRule THE_STATE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("..state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..topology..", "..runtime..", "dev.tally.streams.read..", "dev.tally.service..");
}
