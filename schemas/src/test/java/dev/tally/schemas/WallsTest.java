package dev.tally.schemas;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "dev.tally",
        importOptions = {ImportOption.DoNotIncludeTests.class, WallsTest.DoNotIncludeTestKit.class})
class WallsTest {
    private static final String[] JDK = {"java..", "org.jspecify.."};
    private static final String UTF8 = "dev.tally.schemas.utf8";
    private static final String CONSOLE = "dev.tally.schemas.console..";

    @ArchTest
    static final ArchRule theContractKnowsNoService = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tally.service..",
                    "dev.tally.protocol..",
                    "dev.tally.ingest..",
                    "dev.tally.streams..",
                    "dev.tally.query..",
                    "dev.tally.standalone..",
                    "io.undertow..");

    @ArchTest
    static final ArchRule theSharedApiUsesNoOtherPart = only("dev.tally.schemas.api..", UTF8);

    @ArchTest
    static final ArchRule namesUseOnlyKafkasHash =
            only("dev.tally.schemas.name..", UTF8, "org.apache.kafka.common.utils");

    @ArchTest
    static final ArchRule theReadContractKnowsNoStore =
            only("dev.tally.schemas.read..", "dev.tally.schemas.name", UTF8, "dev.tally");

    @ArchTest
    static final ArchRule theWireFormatKnowsNoKafka =
            only("dev.tally.schemas.wire..", UTF8, "dev.tally", "org.apache.avro..");

    @ArchTest
    static final ArchRule topicsKnowOnlyTheAdminClient = only(
            "dev.tally.schemas.topic..",
            "dev.tally.schemas.name",
            "org.apache.kafka.clients.admin..",
            "org.apache.kafka.common..");

    @ArchTest
    static final ArchRule onlyTopicsUseTheAdminClient = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.schemas.topic..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.clients.admin..");

    @ArchTest
    static final ArchRule onlyTopicsAndTheConsoleUseClients = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tally.schemas.topic..", CONSOLE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.clients..");

    @ArchTest
    static final ArchRule theConsoleTakesTheConsumersRecords = noClasses()
            .that()
            .resideInAPackage(CONSOLE)
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.clients..")
                    .and(not(name("org.apache.kafka.clients.consumer.ConsumerRecord"))));

    @ArchTest
    static final ArchRule theConsoleShowsTheContractAndReadsNoCounters = only(
            CONSOLE,
            "dev.tally",
            "dev.tally.schemas.name",
            "dev.tally.schemas.registry",
            "dev.tally.schemas.topic",
            "dev.tally.schemas.wire",
            "com.fasterxml.jackson.core..",
            "org.apache.kafka..");

    @ArchTest
    static final ArchRule theFormattersThatUsersNameAreOnlyNames =
            only("dev.tally.schemas", CONSOLE, "dev.tally.schemas.wire");

    @ArchTest
    static final ArchRule theContractAndTheReadsKnowNoConsole = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tally.schemas", CONSOLE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tally.schemas", CONSOLE);

    @ArchTest
    static final ArchRule oneClassKnowsConfluentsClient = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.tally.schemas.registry.ConfluentRegistry")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.confluent..");

    @ArchTest
    static final ArchRule theRegistryKnowsNoKafka = only(
            "dev.tally.schemas.registry..",
            "dev.tally.schemas.wire",
            "dev.tally.schemas.topic",
            "org.apache.avro..",
            "io.confluent..",
            "javax.net.ssl..",
            "org.slf4j..");

    private static ArchRule only(String of, String... allowed) {
        String[] all = new String[allowed.length + JDK.length + 1];
        System.arraycopy(allowed, 0, all, 0, allowed.length);
        System.arraycopy(JDK, 0, all, allowed.length, JDK.length);
        all[all.length - 1] = of;
        return classes()
                .that()
                .resideInAPackage(of)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(all);
    }

    /** Leaves out test-kit, which is beside this module's classes on the class path of the tests. */
    static final class DoNotIncludeTestKit implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-kit/");
        }
    }
}
