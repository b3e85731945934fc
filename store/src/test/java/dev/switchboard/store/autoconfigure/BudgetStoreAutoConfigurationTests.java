package dev.switchboard.store.autoconfigure;

import java.nio.file.Path;
import java.time.InstantSource;

import dev.switchboard.ChatRoutes;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.autoconfigure.SwitchboardAutoConfiguration;
import dev.switchboard.autoconfigure.SwitchboardSimulatorAutoConfiguration;
import dev.switchboard.budget.Balance;
import dev.switchboard.budget.BudgetReport;
import dev.switchboard.budget.BudgetStore;
import dev.switchboard.budget.InMemoryBudgetStore;
import dev.switchboard.call.BudgetUnavailableException;
import dev.switchboard.call.CallRecord;
import dev.switchboard.cost.Money;
import dev.switchboard.store.budget.JdbcBudgetStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BudgetStoreAutoConfigurationTests {

	@TempDir
	Path folder;

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
				SwitchboardSimulatorAutoConfiguration.class, StoreAutoConfiguration.class,
				BudgetStoreAutoConfiguration.class))
		.withPropertyValues("switchboard.simulator.enabled=true", "switchboard.routes.support.targets=openai/gpt-5.4",
				"switchboard.budgets.all.limit=5", "switchboard.budgets.all.per=total");

	@Test
	void withoutPropertiesTheyAreInMemory() {
		this.application
			.run((context) -> assertThat(context).getBean(BudgetStore.class).isInstanceOf(InMemoryBudgetStore.class));
	}

	@Test
	void withAPathTheyAreInFilesThatTheNextProcessFinds() {
		Money[] spent = new Money[1];
		inFolder().run((context) -> {
			assertThat(context).hasSingleBean(BudgetStore.class)
				.getBean(BudgetStore.class)
				.isInstanceOf(JdbcBudgetStore.class);
			CallRecord call = CallRecord
				.of(context.getBean(ChatRoutes.class).client("support").prompt("Hi").call().chatResponse());
			assertThat(call).isNotNull();
			spent[0] = call.cost().amount();
		});
		inFolder().run((context) -> assertThat(context.getBean(BudgetReport.class).entries()).singleElement()
			.satisfies((entry) -> {
				assertThat(entry.budget().name()).isEqualTo("all");
				assertThat(entry.balances()).extracting(Balance::spent).containsExactly(spent[0]);
			}));
	}

	@Test
	void aBeanOfTheApplicationTakesItsPlace() {
		InMemoryBudgetStore own = new InMemoryBudgetStore(InstantSource.system());
		inFolder().withBean(BudgetStore.class, () -> own)
			.run((context) -> assertThat(context).getBean(BudgetStore.class).isSameAs(own));
	}

	@Test
	void whatHappensWhenTheDatabaseIsAwayCanBeSaid() {
		ApplicationContextRunner away = inFolder()
			.withPropertyValues("switchboard.store.url=jdbc:postgresql://127.0.0.1:1/none");
		away.run((context) -> assertThat(ask(context)).isEqualTo("answered"));
		away.withPropertyValues("switchboard.store.budgets.on-outage=fail-closed")
			.run((context) -> assertThatExceptionOfType(BudgetUnavailableException.class)
				.isThrownBy(() -> ask(context)));
	}

	private static String ask(AssertableApplicationContext context) {
		CallRecord call = CallRecord
			.of(context.getBean(ChatRoutes.class).client("support").prompt("Hi").call().chatResponse());
		assertThat(call).isNotNull();
		return call.outcome().label();
	}

	@Test
	void whatIsWrongIsTold() {
		this.application
			.withPropertyValues("switchboard.store.budgets.on-outage=fail-shut",
					"switchboard.store.budgets.on-outige=x")
			.run((context) -> {
				Throwable cause = context.getStartupFailure();
				while (cause != null && !(cause instanceof InvalidSwitchboardConfigurationException)) {
					cause = cause.getCause();
				}
				assertThat(cause).isInstanceOf(InvalidSwitchboardConfigurationException.class);
				assertThat(((InvalidSwitchboardConfigurationException) cause).problems().stream().map(Object::toString))
					.anySatisfy((problem) -> assertThat(problem).contains("'switchboard.store.budgets.on-outage'",
							"'fail-shut', which is none of [fail-open, fail-closed]"))
					.anySatisfy((problem) -> assertThat(problem).contains("'switchboard.store.budgets.on-outige'",
							"did you mean 'on-outage'"));
			});
	}

	private ApplicationContextRunner inFolder() {
		return this.application.withPropertyValues("switchboard.store.path=" + this.folder);
	}

}
