package dev.switchboard;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.switchboard.call.CallRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final String ROOT = "dev.switchboard";

	private static final List<String> DOMAIN = List.of("cost", "policy", "route", "call");

	// Each imports only those before it; those in one set know nothing of each other.
	private static final List<Set<String>> LAYERS = List.of(Set.of("thread"), Set.of("cost"), Set.of("policy"),
			Set.of("route"), Set.of("call"), Set.of("options"), Set.of("provider"), Set.of("relay"),
			Set.of("health", "cache", "budget", "limit", "observation", "rules", "catalog", "change"),
			Set.of("engine"));

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.importUrl(CallRecord.class.getProtectionDomain().getCodeSource().getLocation());

	@Test
	void theDomainIsPlainJava() {
		classes().that()
			.resideInAnyPackage(packages(DOMAIN))
			.and()
			.doNotBelongToAnyOf(CallRecord.class)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(plainJava())
			.because("what a call costs and what follows a failure must be read and tested without a framework")
			.check(CLASSES);
	}

	@Test
	void aCallRecordKnowsOnlyTheResponseThatCarriesIt() {
		classes().that()
			.belongToAnyOf(CallRecord.class)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(Stream
				.concat(Stream.of(plainJava()),
						Stream.of("org.springframework.ai.chat.model", "org.springframework.ai.chat.metadata"))
				.toArray(String[]::new))
			.because("CallRecord.of(ChatResponse) is how an application gets at the record, and it looks for it there")
			.check(CLASSES);
	}

	static List<String> everyPackage() {
		return LAYERS.stream().flatMap(Set::stream).sorted().toList();
	}

	@ParameterizedTest
	@MethodSource("everyPackage")
	void aPackageImportsOnlyThoseBeforeIt(String name) {
		noClasses().that()
			.resideInAPackage(ROOT + "." + name + "..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(packages(notBefore(name)))
			.allowEmptyShould(true)
			.because("whoever reads " + name + " has to know only what comes before it in the order " + LAYERS)
			.check(CLASSES);
	}

	@Test
	void whatApplicationsImportIsNotImportedByTheEngine() {
		noClasses().that()
			.resideOutsideOfPackage(ROOT)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT)
			.because("the root package is a door: things are reached through it from outside only")
			.check(CLASSES);
	}

	@Test
	void everyPackageHasItsPlaceInTheOrder() {
		assertThat(subPackages()).extracting((found) -> found.getName().substring(ROOT.length() + 1))
			.isNotEmpty()
			.isSubsetOf(everyPackage());
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
		assertThat(subPackages()).as("a type is null only where it says so").isNotEmpty().allSatisfy((found) -> {
			assertThat(found.tryGetPackageInfo()).as(found.getName()).isPresent();
			assertThat(found.isAnnotatedWith(NullMarked.class)).as(found.getName()).isTrue();
		});
	}

	@Test
	void timeIsInjected() {
		Set<String> clocks = Set.of("currentTimeMillis", "now", "systemUTC", "systemDefaultZone");
		noClasses().should()
			.accessTargetWhere(describe("reads the system clock",
					(access) -> clocks.contains(access.getName())
							&& (access.getTargetOwner().isEquivalentTo(System.class)
									|| access.getTargetOwner().getPackageName().equals("java.time"))))
			.because("a test of a cooldown must not wait for it")
			.check(CLASSES);
	}

	@Test
	void theSystemClockIsTakenInOnePlace() {
		// A date in a provider's Retry-After is compared to the real time, whatever time
		// a
		// test has the engine believe.
		List<String> places = CLASSES.stream()
			.filter((type) -> !type.getPackageName().equals(ROOT + ".provider"))
			.flatMap((type) -> type.getAccessesFromSelf().stream())
			.filter((access) -> access.getTargetOwner().isEquivalentTo(InstantSource.class)
					&& access.getName().equals("system"))
			.map((access) -> access.getOriginOwner().getName())
			.distinct()
			.toList();
		assertThat(places).as("whoever takes a second one runs on another time than the rest in a test")
			.hasSizeLessThanOrEqualTo(1)
			.allSatisfy((place) -> assertThat(place).startsWith(ROOT + ".engine."));
	}

	@Test
	void moneyIsNeverAFloatingPointNumber() {
		classes().that()
			.resideInAnyPackage(packages(List.of("cost", "budget")))
			.should(useNoFloatingPointNumbers())
			.because("what is paid is counted exactly")
			.check(CLASSES);
	}

	@Test
	void jsonIsReadByJacksonThree() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
			.because("Jackson 2 is on the classpath for the providers' SDKs only; its annotations are Jackson 3's too")
			.check(CLASSES);
	}

	@Test
	void theEngineRunsWithoutSpringBoot() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.because("plain Spring applications, tests and benchmarks use it too")
			.check(CLASSES);
	}

	@Test
	void theProvidersJarsAreNamedOnlyWhereTheyMayBeMissing() {
		noClasses().that()
			.resideOutsideOfPackages(packages(List.of("options", "provider")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.ai.openai..", "org.springframework.ai.anthropic..",
					"org.springframework.ai.google..", "com.openai..", "com.anthropic..", "com.google.genai..")
			.because("they are optional: an application on one provider has only that one's")
			.check(CLASSES);
	}

	@Test
	void thereIsNoStaticState() {
		fields().that()
			.areStatic()
			.should()
			.beFinal()
			.because("two engines in one JVM, such as in two tests, must not share anything that changes")
			.check(CLASSES);
	}

	private static String[] packages(List<String> names) {
		return names.stream().map((name) -> ROOT + "." + name + "..").toArray(String[]::new);
	}

	private static String[] plainJava() {
		return Stream.concat(Stream.of("java..", "org.jspecify.annotations"), Stream.of(packages(DOMAIN)))
			.toArray(String[]::new);
	}

	private static List<String> notBefore(String name) {
		List<String> later = new ArrayList<>();
		boolean reached = false;
		for (Set<String> layer : LAYERS) {
			reached = reached || layer.contains(name);
			if (reached) {
				layer.stream().filter((other) -> !other.equals(name)).forEach(later::add);
			}
		}
		return later;
	}

	private static List<JavaPackage> subPackages() {
		return CLASSES.getPackage(ROOT)
			.getSubpackagesInTree()
			.stream()
			.filter((found) -> !found.getClasses().isEmpty())
			.toList();
	}

	private static ArchCondition<JavaClass> useNoFloatingPointNumbers() {
		Set<String> floating = Set.of("double", "float", Double.class.getName(), Float.class.getName());
		return new ArchCondition<>("use no double and no float") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getFields()
					.stream()
					.filter((field) -> floating.contains(field.getRawType().getName()))
					.forEach((field) -> violated(field.getDescription(), events, type));
				type.getCodeUnits().stream().filter(this::speaksOf).forEach((unit) -> {
					violated(unit.getDescription(), events, type);
				});
				type.getMethodCallsFromSelf()
					.stream()
					.filter(this::speaksOf)
					.forEach((call) -> violated(call.getDescription(), events, type));
			}

			private boolean speaksOf(JavaCodeUnit unit) {
				return floating.contains(unit.getRawReturnType().getName())
						|| unit.getRawParameterTypes().stream().anyMatch((type) -> floating.contains(type.getName()));
			}

			private boolean speaksOf(JavaMethodCall call) {
				return floating.contains(call.getTarget().getRawReturnType().getName()) || call.getTarget()
					.getRawParameterTypes()
					.stream()
					.anyMatch((type) -> floating.contains(type.getName()));
			}

			private void violated(String what, ConditionEvents events, JavaClass type) {
				events.add(SimpleConditionEvent.violated(type, what + " is or uses a floating-point number"));
			}

		};
	}

}
