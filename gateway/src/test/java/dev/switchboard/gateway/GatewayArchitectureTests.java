package dev.switchboard.gateway;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.switchboard.gateway.access.CallerAccess;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

class GatewayArchitectureTests {

	private static final String ROOT = "dev.switchboard.gateway";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.importUrl(CallerAccess.class.getProtectionDomain().getCodeSource().getLocation());

	@Test
	void whatACallerMayReachIsPlainJava() {
		classes().that()
			.resideInAPackage(ROOT + ".access..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify.annotations", ROOT + ".access..", "dev.switchboard.call..",
					"dev.switchboard.cost..", "dev.switchboard.route..")
			.because("keys of a database or an identity provider mean the same as those of a file")
			.check(CLASSES);
	}

	@Test
	void theWiresKnowNoServlets() {
		noClasses().that()
			.resideInAPackage(ROOT + ".wire..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta..", "org.springframework.web..", "org.springframework.security..",
					"org.springframework.boot..", "dev.switchboard.engine..", "dev.switchboard.relay..",
					ROOT + ".front..", ROOT + ".security..", ROOT + ".passthrough..", ROOT + ".access..")
			.because("a dialect is read and tested as JSON, without a server")
			.check(CLASSES);
	}

	@Test
	void onlyTheChainKnowsSpringSecurity() {
		noClasses().that()
			.resideOutsideOfPackages(ROOT + ".security..", ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.security..")
			.because("who calls is told by CallerAccess, however he was let in")
			.check(CLASSES);
	}

	@Test
	void onlyReportsAndKeysKnowTheStore() {
		noClasses().that()
			.resideOutsideOfPackages(ROOT + ".admin..", ROOT + ".key..", ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("dev.switchboard.store..")
			.because("a call is answered without the database")
			.check(CLASSES);
	}

	@Test
	void keysAreChangedWithoutServlets() {
		noClasses().that()
			.resideInAPackage(ROOT + ".key..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta..", "org.springframework.web..", ROOT + ".front..", ROOT + ".admin..",
					ROOT + ".security..")
			.because("the rules of keys are not those of a wire")
			.check(CLASSES);
	}

	@Test
	void onlyThePassthroughKnowsSpringCloudGateway() {
		noClasses().that()
			.resideOutsideOfPackages(ROOT + ".passthrough..", ROOT + ".scg..", ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.cloud..")
			.because("the front door works without it")
			.check(CLASSES);
	}

	@Test
	void nobodyButTheWiresOwnWatchKnowsTomcat() {
		noClasses().that()
			.doNotHaveSimpleName("TomcatDisconnects")
			.and()
			.haveNameNotMatching(".*(TomcatDisconnects|BrokenAnswerException)\\$.*")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.apache..")
			.because("another container will do, but for noticing early who leaves")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsAreOnlyThat() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.because("applications are to name them in exclusions and nothing else")
			.check(CLASSES);
	}

	@Test
	void thereAreNoCycles() {
		SlicesRuleDefinition.slices()
			.matching(ROOT + ".(*)..")
			.should()
			.beFreeOfCycles()
			.because("packages in a cycle are one package")
			.check(CLASSES);
	}

	@Test
	void everyPackageSaysThatNothingIsNull() {
		List<JavaPackage> packages = CLASSES.getPackage(ROOT)
			.getSubpackagesInTree()
			.stream()
			.filter((found) -> !found.getClasses().isEmpty())
			.toList();
		assertThat(packages).as("a type is null only where it says so").isNotEmpty().allSatisfy((found) -> {
			assertThat(found.tryGetPackageInfo()).as(found.getName()).isPresent();
			assertThat(found.isAnnotatedWith(NullMarked.class)).as(found.getName()).isTrue();
		});
	}

	@Test
	void thereIsNoStaticState() {
		fields().that()
			.areStatic()
			.should()
			.beFinal()
			.because("two gateways in one JVM, such as in two tests, must not share anything that changes")
			.check(CLASSES);
	}

	@Test
	void jsonIsReadByJacksonThree() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
			.because("Jackson 2 is on the classpath for the providers' SDKs only")
			.check(CLASSES);
	}

}
