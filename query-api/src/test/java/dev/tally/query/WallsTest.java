package dev.tally.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tally.query", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule queryApiKnowsNoStoreAndNoKafka = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..",
                    "org.apache.avro..",
                    "dev.tally.streams..",
                    "dev.tally.ingest..",
                    "dev.tally.standalone..");

    @ArchTest
    static final ArchRule routingServesNoHttp = noClasses()
            .that()
            .resideInAPackage("dev.tally.query.routing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.undertow..", "dev.tally.service.http..", "dev.tally.query.http..");

    @ArchTest
    static final ArchRule handlersDoNotKnowWhereAnswersComeFrom = noClasses()
            .that()
            .resideInAPackage("dev.tally.query.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tally.query.routing..",
                    "dev.tally.protocol.client..",
                    "java.net.http..",
                    "dev.tally.service.client..");

    @ArchTest
    static final ArchRule listsAreMadeWithoutHttp = noClasses()
            .that()
            .resideInAPackage("dev.tally.query.list..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.undertow..",
                    "java.net.http..",
                    "dev.tally.service..",
                    "dev.tally.query.http..",
                    "dev.tally.query.routing..");
}
