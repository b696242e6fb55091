package dev.tally.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(
        packages = "dev.tally",
        importOptions = {ImportOption.DoNotIncludeTests.class, WallsTest.DoNotIncludeTestKit.class})
class WallsTest {
    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_MODULE = noClasses().should().dependOnClassesThat(in("dev.tally.."));

    @ArchTest
    static final ArchRule KNOWS_NO_KAFKA =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka..", "org.apache.avro..");

    @ArchTest
    static final ArchRule SETTINGS_KNOW_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("dev.tally.service.settings")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tally.service.http..",
                    "dev.tally.service.health",
                    "dev.tally.service.metrics",
                    "dev.tally.service.lifecycle",
                    "io.undertow..",
                    "io.micrometer..",
                    "com.fasterxml..");

    @ArchTest
    static final ArchRule ONLY_HTTP_KNOWS_UNDERTOW = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tally.service.http..", "dev.tally.service.client")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.xnio..", "io.undertow.server..");

    @ArchTest
    static final ArchRule ONLY_HTTP_READS_JSON = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.service.http.json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_LIFECYCLE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tally.service.lifecycle")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tally.service.lifecycle");

    @ArchTest
    static final ArchRule NO_CYCLES = SlicesRuleDefinition.slices()
            .matching("dev.tally.service.(*)..")
            .should()
            .beFreeOfCycles();

    /** Arrows within http: the pipeline uses all of its packages, and none of them uses the pipeline. */
    @ArchTest
    static final ArchRule HTTP_HAS_NO_CYCLES = SlicesRuleDefinition.slices()
            .matching("dev.tally.service.(http..)")
            .should()
            .beFreeOfCycles();

    private static DescribedPredicate<JavaClass> in(String packages) {
        return JavaClass.Predicates.resideInAPackage(packages)
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.tally.service..")));
    }

    /** Leaves out test-kit, which is beside this module's classes on the class path of the tests. */
    static final class DoNotIncludeTestKit implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-kit/");
        }
    }
}
