package dev.tally.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tally.benchmarks", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule WALLS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("command")
            .definedBy("dev.tally.benchmarks")
            .layer("part")
            .definedBy("..benchmarks.part")
            .layer("counting")
            .definedBy("..benchmarks.counting")
            .layer("load")
            .definedBy("..benchmarks.load")
            .layer("micro")
            .definedBy("..benchmarks.micro..")
            .layer("plain")
            .definedBy("..benchmarks.plain")
            .layer("process")
            .definedBy("..benchmarks.process")
            .layer("report")
            .definedBy("..benchmarks.report")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("part")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("micro")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("plain")
            .mayOnlyBeAccessedByLayers("part")
            .whereLayer("plain")
            .mayNotAccessAnyLayer()
            .whereLayer("report")
            .mayNotAccessAnyLayer()
            .whereLayer("process")
            .mayNotAccessAnyLayer()
            .whereLayer("load")
            .mayOnlyAccessLayers("process")
            .whereLayer("counting")
            .mayOnlyAccessLayers("load");

    @ArchTest
    static final ArchRule neitherTheQueryApiNorTheSystemTestsAreKnown =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("dev.tally.query..", "dev.tally.system..");
}
