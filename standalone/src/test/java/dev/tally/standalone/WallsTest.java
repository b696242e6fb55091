package dev.tally.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tally.standalone", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule theSystemShouldNotKnowTheCommandLine = noClasses()
            .that()
            .resideInAPackage("dev.tally.standalone")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.standalone.cli..", "picocli..");

    @ArchTest
    static final ArchRule theCommandLineShouldReachTheBrokerThroughTheSystem = noClasses()
            .that()
            .resideInAPackage("dev.tally.standalone.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..", "org.apache.kafka.raft..");

    @ArchTest
    static final ArchRule onlyTheServicesCreateTopicsAndRecords = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.standalone.rejected")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.clients.producer..", "org.apache.kafka.streams..", "org.rocksdb..");

    @ArchTest
    static final ArchRule onlyTheCommandLineUsesTools = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tally.standalone.cli..", "dev.tally.standalone.rejected")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.tools..");

    @ArchTest
    static final ArchRule onlyTheCommandLineTheAuditsLogAndReplaysUseClients = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.tally.standalone.cli..", "dev.tally.standalone.audit.log..", "dev.tally.standalone.rejected")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.clients..");

    /** What the audit shared with the services, it could not check. */
    @ArchTest
    static final ArchRule theAuditShouldShareOnlyTheContract = noClasses()
            .that()
            .resideInAPackage("dev.tally.standalone.audit..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.tally..")
                    .and(not(resideInAnyPackage("dev.tally", "dev.tally.schemas..", "dev.tally.standalone.audit.."))));

    @ArchTest
    static final ArchRule replaysShouldKnowNeitherTheSystemNorTheCommandLine = noClasses()
            .that()
            .resideInAPackage("dev.tally.standalone.rejected")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tally.standalone",
                    "dev.tally.standalone.cli..",
                    "dev.tally.standalone.http..",
                    "org.apache.kafka.streams..",
                    "org.apache.kafka.tools..",
                    "org.apache.kafka.clients.admin..");

    @ArchTest
    static final ArchRule pagesShouldNotKnowTheSystem = noClasses()
            .that()
            .resideInAPackage("dev.tally.standalone.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.standalone", "dev.tally.standalone.cli..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule packagesShouldBeFreeOfCycles =
            slices().matching("dev.tally.standalone.(*)..").should().beFreeOfCycles();
}
