package dev.switchboard.redis;

import java.time.Instant;
import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.switchboard.redis.connection.RedisConnection;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

class RedisArchitectureTests {

	private static final String ROOT = "dev.switchboard.redis";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.importUrl(RedisConnection.class.getProtectionDomain().getCodeSource().getLocation());

	@Test
	void theConnectionKnowsNothingOfWhatIsKept() {
		classes().that()
			.resideInAPackage(ROOT + ".connection..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify.annotations", "org.slf4j", "io.lettuce..",
					"io.github.resilience4j..", "io.netty..", "dev.switchboard.provider", ROOT + ".connection..")
			.because("more than answers are shared over it")
			.check(CLASSES);
	}

	@Test
	void answersLimitsAndChangesKnowNothingOfOneAnother() {
		SlicesRuleDefinition.slices()
			.matching(ROOT + ".(cache|change|limit)..")
			.should()
			.notDependOnEachOther()
			.because("each is of use without the others")
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
	void theEngineIsNotReachedInto() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.switchboard.engine..", "dev.switchboard.autoconfigure..",
					"org.springframework.boot..")
			.because("what is shared is shared whoever calls")
			.check(CLASSES);
	}

	@Test
	void thereIsNoSpringDataAndNoBeanThatCouldBeTakenForTheApplications() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.data..")
			.because("the Redis of an application is its own")
			.check(CLASSES);
		methods().that()
			.areDeclaredInClassesThat()
			.resideInAPackage(ROOT + ".autoconfigure..")
			.should()
			.notHaveRawReturnType(DescribedPredicate.describe("a class of Lettuce",
					(type) -> type.getPackageName().startsWith("io.lettuce")))
			.because("the Redis of an application is its own")
			.check(CLASSES);
	}

	@Test
	void nothingIsReadThatWritesItself() {
		noClasses().should()
			.dependOnClassesThat()
			.haveFullyQualifiedName("java.io.ObjectInputStream")
			.orShould()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
			.because("what stands in Redis may be anybody's")
			.check(CLASSES);
	}

	@Test
	void clocksOfNodesMayDiffer() {
		noClasses().should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.because("Redis counts down for all nodes alike, and limits are given their clock")
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
			.because("two applications in one JVM, such as in two tests, must not share anything that changes")
			.check(CLASSES);
	}

}
