package dev.switchboard.sample;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

class SampleArchitectureTests {

	private static final JavaClasses SAMPLE = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("dev.switchboard.sample");

	private static final DescribedPredicate<JavaClass> ROOT = resideInAnyPackage("dev.switchboard");

	@Test
	void examplesUseWhatAnyUserOfTheStarterWould() {
		classes().that()
			.resideInAPackage("dev.switchboard.sample.examples")
			.should()
			.onlyDependOnClassesThat(ROOT.or(resideInAnyPackage("dev.switchboard.sample.examples", "java..",
					"org.jspecify..", "org.springframework..", "dev.switchboard.options", "dev.switchboard.call",
					"dev.switchboard.route", "dev.switchboard.cost")))
			.because("they are copied into applications that have nothing else")
			.check(SAMPLE);
	}

	@Test
	void thePageUsesPublicTypesAlone() {
		classes().that()
			.resideInAPackage("dev.switchboard.sample.demo")
			.should()
			.onlyDependOnClassesThat(ROOT.or(resideInAnyPackage("dev.switchboard.sample..", "java..", "org.jspecify..",
					"org.slf4j..", "org.springframework..", "reactor..", "org.reactivestreams..",
					"io.micrometer.observation..", "dev.switchboard.options", "dev.switchboard.call",
					"dev.switchboard.route", "dev.switchboard.cost", "dev.switchboard.policy",
					"dev.switchboard.observation", "dev.switchboard.health", "dev.switchboard.engine")))
			.because("it shows what is behind the routes: their engine, policies, attempts and health")
			.check(SAMPLE);
	}

	@Test
	void onlyTheSimulatedProvidersKnowTheSimulator() {
		noClasses().that()
			.resideOutsideOfPackage("dev.switchboard.sample.simulated")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("dev.switchboard.simulator..")
			.because("routes, page and examples are the same on real providers")
			.check(SAMPLE);
	}

	@Test
	void nobodyReachesIntoAutoConfigurationOrProviders() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.switchboard.autoconfigure..", "dev.switchboard.provider..",
					"dev.switchboard.cache..", "dev.switchboard.rules..", "dev.switchboard.catalog..")
			.because("what is configured needs no code")
			.check(SAMPLE);
	}

}
