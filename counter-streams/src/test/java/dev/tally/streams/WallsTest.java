package dev.tally.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

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
    static final ArchRule ONLY_THE_RUNTIME_THE_RECORD_AND_SNAPSHOTS_USE_KAFKA_CLIENTS = noClasses()
            .that()
            .resideOutsideOfPackages("..runtime..", "..generation..", "..snapshot..")
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

    /** These are all arrows between the packages of the state; the store may use each of them. */
    @ArchTest
    static final ArchRule THE_PACKAGES_OF_THE_STATE_DEPEND_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.tally.streams.state..")
            .layer("entry")
            .definedBy("..state.entry")
            .layer("history")
            .definedBy("..state.history")
            .layer("ids")
            .definedBy("..state.ids")
            .layer("counter")
            .definedBy("..state.counter")
            .layer("page")
            .definedBy("..state.page")
            .layer("flush")
            .definedBy("..state.flush")
            .layer("digest")
            .definedBy("..state.digest")
            .layer("serving")
            .definedBy("..state.serving")
            .layer("log")
            .definedBy("..state.log")
            .layer("rocksdb")
            .definedBy("..state.rocksdb")
            .layer("store")
            .definedBy("..state.store")
            .whereLayer("entry")
            .mayNotAccessAnyLayer()
            .whereLayer("history")
            .mayOnlyAccessLayers("entry")
            .whereLayer("ids")
            .mayOnlyAccessLayers("entry")
            .whereLayer("counter")
            .mayOnlyAccessLayers("entry", "history")
            .whereLayer("page")
            .mayOnlyAccessLayers("entry", "counter")
            .whereLayer("flush")
            .mayNotAccessAnyLayer()
            .whereLayer("digest")
            .mayOnlyAccessLayers("entry", "history", "counter")
            .whereLayer("serving")
            .mayOnlyAccessLayers("counter", "ids", "digest")
            .whereLayer("log")
            .mayNotAccessAnyLayer()
            .whereLayer("rocksdb")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule THE_STATE_HAS_NO_OTHER_PACKAGES = classes()
            .that()
            .resideInAPackage("dev.tally.streams.state..")
            .should()
            .resideInAnyPackage(
                    "..state.entry",
                    "..state.history",
                    "..state.ids",
                    "..state.counter",
                    "..state.page",
                    "..state.flush",
                    "..state.digest",
                    "..state.serving",
                    "..state.log",
                    "..state.rocksdb",
                    "..state.store");

    @ArchTest
    static final ArchRule THE_STATE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("..state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..topology..", "..runtime..", "dev.tally.streams.read..", "dev.tally.service..");
}
