package dev.switchboard.store.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import javax.sql.DataSource;

import dev.switchboard.ChatRoutes;
import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.autoconfigure.SwitchboardSimulatorAutoConfiguration;
import dev.switchboard.call.CallRecord;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.store.database.Database;
import dev.switchboard.store.journal.FileJournal;
import dev.switchboard.store.journal.Journal;
import dev.switchboard.store.journal.MemoryJournal;
import dev.switchboard.store.ledger.CallFilter;
import dev.switchboard.store.ledger.Ledger;
import dev.switchboard.store.ledger.LedgerCall;
import dev.switchboard.store.ledger.LedgerMeters;
import dev.switchboard.store.ledger.LedgerReports;
import dev.switchboard.store.ledger.Span;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class LedgerAutoConfigurationTests {

	private static final CallFilter ALL = CallFilter.of(Span.of(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")));

	@TempDir
	Path folder;

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
				SwitchboardSimulatorAutoConfiguration.class, StoreAutoConfiguration.class,
				LedgerAutoConfiguration.class))
		.withPropertyValues("switchboard.simulator.enabled=true",
				"switchboard.routes.support.targets=openai/gpt-5.4, mistral/mistral-large-latest");

	@Test
	void callsAreInTheLedgerWithTheirAttempts() {
		this.application.run((context) -> {
			context.getBean(Simulator.class).provider("openai").fails(Fault.overloaded());

			CallRecord call = CallRecord
				.of(context.getBean(ChatRoutes.class).client("support").prompt("Hi").call().chatResponse());

			LedgerCall kept = onlyCall(context);
			assertThat(call).isNotNull();
			assertThat(kept.id()).isEqualTo(call.id());
			assertThat(kept.answeredBy()).isEqualTo("mistral/mistral-large-latest");
			assertThat(kept.attempts()).hasSameSizeAs(call.attempts());
			assertThat(kept.costNanos()).isEqualTo(call.cost().amount().nanos()).isPositive();
		});
	}

	@Test
	void misspeltPropertiesEndTheStart() {
		this.application.withPropertyValues("switchboard.store.pth=/data", "switchboard.ledger.retentoin=30d")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidSwitchboardConfigurationException.class,
						(ex) -> assertThat(ex.problems()).extracting(ConfigurationProblem::toString)
							.satisfiesExactlyInAnyOrder(
									(problem) -> assertThat(problem).contains("'switchboard.store.pth' is not known",
											"did you mean 'path'"),
									(problem) -> assertThat(problem).contains(
											"'switchboard.ledger.retentoin' is not known",
											"did you mean 'retention'"))));
	}

	private static LedgerCall onlyCall(AssertableApplicationContext context) {
		LedgerReports reports = context.getBean(LedgerReports.class);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> reports.total(ALL).calls() == 1);
		return reports.calls(ALL, null, 10).get(0);
	}

	@Test
	void withoutPropertiesAllOfItIsInMemory() {
		this.application.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(Ledger.class)
			.getBean(Journal.class)
			.isInstanceOf(MemoryJournal.class));
	}

	@Test
	void withAPathItIsInFilesThatTheNextProcessFinds() {
		ApplicationContextRunner kept = this.application
			.withPropertyValues("switchboard.store.path=" + this.folder.resolve("store"));
		kept.run((context) -> {
			assertThat(context.getBean(Journal.class)).isInstanceOf(FileJournal.class);
			context.getBean(ChatRoutes.class).client("support").prompt("Hi").call().content();
		});

		assertThat(this.folder.resolve("store/switchboard.mv.db")).exists();
		assertThat(this.folder.resolve("store/journal")).isDirectory();
		kept.run((context) -> assertThat(onlyCall(context).route()).isEqualTo("support"));
	}

	@Test
	void theDatabaseOfTheApplicationStaysItsOwn() {
		this.application
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, FlywayAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:application",
					"spring.datasource.generate-unique-name=false")
			.run((context) -> {
				onlyCallAfterOne(context);
				assertThat(context).hasSingleBean(DataSource.class).hasSingleBean(Flyway.class);
				assertThat(context.getBean(JdbcTemplate.class)
					.queryForList("select table_name from information_schema.tables where table_schema = 'PUBLIC'",
							String.class))
					.noneMatch((table) -> table.toLowerCase(Locale.ROOT).startsWith("switchboard"));
			});
	}

	private static void onlyCallAfterOne(AssertableApplicationContext context) {
		context.getBean(ChatRoutes.class).client("support").prompt("Hi").call().content();
		onlyCall(context);
	}

	@Test
	void nothingIsThereToBeInjectedByMistake() {
		this.application.run((context) -> assertThat(context).doesNotHaveBean(DataSource.class)
			.doesNotHaveBean(Flyway.class)
			.doesNotHaveBean(JdbcTemplate.class));
	}

	@Test
	void aSchemaThatIsNotEmptyIsLeftAsItIs() {
		String url = "jdbc:h2:file:" + this.folder.resolve("shared");
		this.application
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + url, "switchboard.store.url=" + url,
					"switchboard.ledger.journal.path=" + this.folder.resolve("journal"))
			.run((context) -> {
				JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
				jdbc.execute("create table own (id int)");
				onlyCallAfterOne(context);
				assertThat(jdbc.queryForObject("select count(*) from own", Integer.class)).isZero();
				assertThat(jdbc.queryForObject("select count(*) from switchboard_call", Integer.class)).isEqualTo(1);
			});
	}

	@Test
	void theMetersAreThere() {
		this.application.withBean(SimpleMeterRegistry.class).run((context) -> {
			SimpleMeterRegistry meters = context.getBean(SimpleMeterRegistry.class);
			context.getBean(LedgerMeters.class).bindTo(meters);

			onlyCallAfterOne(context);

			Awaitility.await()
				.untilAsserted(
						() -> assertThat(meters.get(LedgerMeters.STORED).functionCounter().count()).isEqualTo(1));
			assertThat(meters.get(LedgerMeters.DROPPED).functionCounter().count()).isZero();
			assertThat(meters.get(LedgerMeters.REJECTED).functionCounter().count()).isZero();
		});
	}

	@Test
	void itCanBeTurnedOff() {
		this.application.withPropertyValues("switchboard.ledger.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(Ledger.class)
				.doesNotHaveBean(LedgerReports.class)
				.hasSingleBean(Database.class));
		this.application.withPropertyValues("switchboard.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Database.class));
	}

	@Test
	void aDatabaseThatIsNeitherIsRefused() {
		assertProblem("switchboard.store.url=jdbc:mysql://db/x?password=secret",
				"Property 'switchboard.store.url' names a database of 'jdbc:mysql', but the store is kept in "
						+ "PostgreSQL or H2. Action: give a URL that begins with 'jdbc:postgresql:' or 'jdbc:h2:', or "
						+ "leave the property out.");
	}

	@Test
	void aJournalWithoutRoomIsRefused() {
		assertProblem("switchboard.ledger.journal.max-size=1KB",
				"Property 'switchboard.ledger.journal.max-size' is '1024B', but must be at least '1MB'. Action: give "
						+ "it more room.");
	}

	@Test
	void aNegativeRetentionIsRefused() {
		assertProblem("switchboard.ledger.retention=-1d", "Property 'switchboard.ledger.retention' is negative. "
				+ "Action: give a length of time such as '90d'.");
	}

	@Test
	void aJournalThatCannotBeWrittenIsRefused() throws Exception {
		Path file = Files.createFile(this.folder.resolve("file"));
		this.application
			.withPropertyValues("switchboard.store.path=" + this.folder, "switchboard.ledger.journal.path=" + file)
			.run((context) -> assertThat(problems(context)).singleElement()
				.asString()
				.startsWith("Property 'switchboard.ledger.journal.path' cannot be used: '" + file + "'"));
	}

	private void assertProblem(String property, String problem) {
		this.application.withPropertyValues(property)
			.run((context) -> assertThat(problems(context)).containsExactly(problem));
	}

	private static List<String> problems(AssertableApplicationContext context) {
		Throwable cause = context.getStartupFailure();
		while (cause != null && !(cause instanceof InvalidSwitchboardConfigurationException)) {
			cause = cause.getCause();
		}
		assertThat(cause).isNotNull();
		return ((InvalidSwitchboardConfigurationException) cause).problems()
			.stream()
			.map(ConfigurationProblem::toString)
			.toList();
	}

	@Test
	void aMissingDriverIsTold() {
		this.application.withClassLoader(new FilteredClassLoader("org.postgresql"))
			.withPropertyValues("switchboard.store.url=jdbc:postgresql://127.0.0.1:1/x")
			.run((context) -> assertThat(problems(context)).singleElement()
				.asString()
				.contains("whose driver is not on the class path"));
	}

}
