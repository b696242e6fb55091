package dev.tally.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The tests depend only on the contract of the system. Each package depends only on the packages that it is allowed to
 * use.
 */
@AnalyzeClasses(packages = "dev.tally.system")
class WallsTest {
    @ArchTest
    static final ArchRule NOTHING_REACHES_INTO_A_SERVICE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tally.service..",
                    "dev.tally.ingest..",
                    "dev.tally.streams..",
                    "dev.tally.query..",
                    "dev.tally.standalone..");

    @ArchTest
    static final ArchRule GUARANTEES_JUDGE_AND_DO_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.tally.system.guarantee")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.system.harness", "dev.tally.system.load", "java.net.http");

    @ArchTest
    static final ArchRule THE_MODEL_SHARES_NOTHING_WITH_THE_HTTP_SIDE = noClasses()
            .that()
            .resideInAPackage("dev.tally.system.log")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.system.client", "dev.tally.system.harness", "dev.tally.system.load");

    @ArchTest
    static final ArchRule NO_TEST_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
