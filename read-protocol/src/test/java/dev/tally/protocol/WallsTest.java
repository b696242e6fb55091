package dev.tally.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tally.protocol", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule shouldDependOnTheReadContractAndHttpOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "com.fasterxml.jackson.core..",
                    "dev.tally",
                    "dev.tally.protocol..",
                    "dev.tally.schemas.name",
                    "dev.tally.schemas.read",
                    "dev.tally.service.client",
                    "dev.tally.service.http..");

    @ArchTest
    static final ArchRule shouldWriteAnswersWithoutHttp = noClasses()
            .that()
            .resideInAPackage("dev.tally.protocol")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.protocol.client", "dev.tally.protocol.server", "dev.tally.service..");

    @ArchTest
    static final ArchRule shouldKeepTheClientFromTheServer = noClasses()
            .that()
            .resideInAPackage("dev.tally.protocol.client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.protocol.server", "dev.tally.service.http..");

    @ArchTest
    static final ArchRule shouldKeepTheServerFromTheClient = noClasses()
            .that()
            .resideInAPackage("dev.tally.protocol.server")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.protocol.client", "dev.tally.service.client");
}
