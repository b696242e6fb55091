package dev.tally.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tally.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule onlyTheLogKnowsKafka = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.ingest.log")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule theLogKnowsNoHttp = noClasses()
            .that()
            .resideInAPackage("dev.tally.ingest.log")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.undertow..", "dev.tally.service..", "dev.tally.ingest.http", "com.fasterxml..");

    @ArchTest
    static final ArchRule eventsKnowNeitherTheLogNorAServer = noClasses()
            .that()
            .resideInAPackage("dev.tally.ingest.event")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.undertow..", "dev.tally.ingest.log", "dev.tally.ingest.http", "io.micrometer..");

    @ArchTest
    static final ArchRule onlyTheQueryClientAsksOverHttp = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.ingest.query")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "dev.tally.service.client..");

    @ArchTest
    static final ArchRule theQueryClientKnowsOnlyTheReadContract = noClasses()
            .that()
            .resideInAPackage("dev.tally.ingest.query")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.undertow..",
                    "dev.tally.service.http..",
                    "dev.tally.service.settings..",
                    "dev.tally.service.lifecycle..",
                    "dev.tally.service.health..",
                    "dev.tally.service.logging..",
                    "dev.tally.service.metrics..",
                    "dev.tally.ingest.http",
                    "dev.tally.ingest.event",
                    "dev.tally.ingest.log");

    @ArchTest
    static final ArchRule whoeverAnswersDoesNotKnowWhoIsAsked = noClasses()
            .that()
            .resideInAPackage("dev.tally.ingest.http")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tally.ingest.query");

    @ArchTest
    static final ArchRule onlyEventsReadJson = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.ingest.event")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.tally\\.service\\.http\\.json\\.Json(Reader|Batch)");

    @ArchTest
    static final ArchRule jsonIsReadByTheKit =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule theOtherServicesAndTheBrokerAreUnknown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tally.streams..",
                    "dev.tally.query..",
                    "dev.tally.standalone..",
                    "org.apache.kafka.streams..",
                    "org.apache.kafka.server..",
                    "org.apache.kafka.tools..");
}
