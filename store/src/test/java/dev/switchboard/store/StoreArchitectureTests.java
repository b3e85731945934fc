package dev.switchboard.store;

import java.time.Instant;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.switchboard.store.ledger.Ledger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

class StoreArchitectureTests {

	private static final String ROOT = "dev.switchboard.store";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.importUrl(Ledger.class.getProtectionDomain().getCodeSource().getLocation());

	@Test
	void theJournalKnowsNothingOfWhatItHolds() {
		classes().that()
			.resideInAPackage(ROOT + ".journal..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify.annotations", "org.slf4j", ROOT + ".journal..")
			.because("it must be simple enough to be right")
			.check(CLASSES);
	}

	@Test
	void theDatabaseKnowsNothingOfTheLedger() {
		noClasses().that()
			.resideInAPackage(ROOT + ".database..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".ledger..", ROOT + ".budget..", ROOT + ".journal..", ROOT + ".key..",
					ROOT + ".change..", ROOT + ".setting..", ROOT + ".autoconfigure..")
			.because("more than the ledger is kept in it")
			.check(CLASSES);
	}

	@Test
	void budgetsAndTheLedgerKnowNothingOfEachOther() {
		noClasses().that()
			.resideInAPackage(ROOT + ".budget..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".ledger..", ROOT + ".autoconfigure..")
			.because("each can be had without the other")
			.check(CLASSES);
		noClasses().that()
			.resideInAPackage(ROOT + ".ledger..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".budget..")
			.because("each can be had without the other")
			.check(CLASSES);
	}

	@Test
	void keysAndCallsAreKeptApart() {
		noClasses().that()
			.resideInAPackage(ROOT + ".key..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".ledger..", ROOT + ".journal..", ROOT + ".budget..")
			.because("who may call is known without what was called")
			.check(CLASSES);
	}

	@Test
	void whatIsChangedAtRunTimeKnowsNothingOfCalls() {
		noClasses().that()
			.resideInAnyPackage(ROOT + ".change..", ROOT + ".setting..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".ledger..", ROOT + ".journal..", ROOT + ".budget..", ROOT + ".key..")
			.because("what it means is said elsewhere")
			.check(CLASSES);
	}

	@Test
	void onlyTheDatabaseKnowsItsPoolAndItsMigrations() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + ".database..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.zaxxer..", "org.flywaydb..", "javax.sql..")
			.because("a DataSource that gets about is taken for the application's")
			.check(CLASSES);
	}

	@Test
	void theStoreKnowsOnlyWhatCallsLeaveBehind() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT + ".autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.switchboard.engine..", "dev.switchboard.options..", "org.springframework.ai..",
					"org.springframework.boot..")
			.because("calls are kept, whoever made them")
			.check(CLASSES);
	}

	@Test
	void moneyIsNeverInFloatingPoint() {
		noClasses().that()
			.doNotHaveSimpleName("LedgerMeters")
			.should()
			.dependOnClassesThat()
			.haveFullyQualifiedName(Double.class.getName())
			.because("sums of what is billed are exact")
			.check(CLASSES);
		fields().should()
			.notHaveRawType(double.class)
			.andShould()
			.notHaveRawType(float.class)
			.because("sums of what is billed are exact")
			.check(CLASSES);
	}

	@Test
	void timeIsHandedIn() {
		noClasses().should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(Instant.class, "now")
			.because("retention is tested without waiting for it")
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
			.because("two applications in one JVM, such as in two tests, must not share anything that changes")
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
