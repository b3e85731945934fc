package dev.switchboard.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.switchboard.ChatRoutes;
import dev.switchboard.budget.Budget;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.call.BudgetExceededException;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.change.InMemorySettingStore;
import dev.switchboard.change.Setting;
import dev.switchboard.change.SettingStore;
import dev.switchboard.cost.Money;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.limit.Limit;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is set at run time, in place of what the configuration says.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunTimeSettingsTests {

	private static final String YAML = """
			switchboard:
			  simulator: { enabled: true }
			  routes:
			    best: { targets: [ openai/gpt-5.4 ] }
			    cheap: { targets: [ openai/gpt-5.4-mini ] }
			    auto: { rules: [ { route: best } ] }
			  budgets:
			    all: { limit: 10, per: day }
			  limits:
			    slow: { requests: 100 }
			""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SwitchboardAutoConfiguration.class, SwitchboardSimulatorAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	private void run(ContextConsumer<AssertableApplicationContext> test) {
		this.runner.withInitializer(new Yaml(YAML)).run(test);
	}

	private static RunTimeSettings settings(AssertableApplicationContext context) {
		return context.getBean(RunTimeSettings.class);
	}

	private static List<Budget> budgets(AssertableApplicationContext context) {
		return context.getBean(RouteEngine.class).budgets().all();
	}

	private static String ask(AssertableApplicationContext context, String route) {
		return String.valueOf(context.getBean(ChatRoutes.class).client(route).prompt("Hello").call().content());
	}

	private static Setting budget(String name, String... properties) {
		return Setting.of(Setting.Kind.BUDGET, name, map(properties));
	}

	private static Setting limit(String name, String... properties) {
		return Setting.of(Setting.Kind.LIMIT, name, map(properties));
	}

	private static Map<String, String> map(String... properties) {
		Map<String, String> map = new HashMap<>();
		for (int i = 0; i < properties.length; i += 2) {
			map.put(properties[i], properties[i + 1]);
		}
		return map;
	}

	@Test
	void aNewBudgetRefusesTheNextCall() {
		run((context) -> {
			ask(context, "best");
			assertThat(settings(context).put(
					budget("cent", "for.route", "best", "limit", "0.000001", "per", "total", "unknown-price", "allow"),
					"ann"))
				.isEqualTo(SettingStore.Outcome.CREATED);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> ask(context, "best"))
				.withMessageContaining("Budget 'cent'");
			ask(context, "cheap");
			assertThat(settings(context).remove(Setting.Kind.BUDGET, "cent", "ann")).isTrue();
			ask(context, "best");
		});
	}

	@Test
	void aBudgetTakesThePlaceOfTheConfiguredOneAndGivesItBack() {
		run((context) -> {
			Setting larger = budget("all", "limit", "25", "per", "day", "soft-limit", "80%", "for.tags[a.b]", "c");
			assertThat(settings(context).put(larger, "ann")).isEqualTo(SettingStore.Outcome.CREATED);
			assertThat(settings(context).put(larger, "ann")).isEqualTo(SettingStore.Outcome.UNCHANGED);
			assertThat(budgets(context)).singleElement().satisfies((budget) -> {
				assertThat(budget.limit()).isEqualTo(Money.ofUsd("25"));
				assertThat(budget.softLimit()).isEqualTo(Money.ofUsd("20"));
				assertThat(budget.selector().tags()).containsExactly(Map.entry("a.b", "c"));
			});
			assertThat(limitGauge(context)).isEqualTo(25);

			settings(context).remove(Setting.Kind.BUDGET, "all", "ann");
			assertThat(budgets(context)).singleElement().extracting(Budget::limit).isEqualTo(Money.ofUsd("10"));
			assertThat(limitGauge(context)).isEqualTo(10);
			assertThat(settings(context).all(Setting.Kind.BUDGET)).isEmpty();
		});
	}

	private static double limitGauge(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.get("switchboard.budget.limit")
			.tag("switchboard.budget", "all")
			.gauge()
			.value();
	}

	@Test
	void aNewLimitRefusesTheNextCallButOne() {
		run((context) -> {
			settings(context).put(limit("slow", "requests", "1", "per", "day"), "ann");
			ask(context, "best");
			assertThatExceptionOfType(RateLimitExceededException.class).isThrownBy(() -> ask(context, "best"));
			settings(context).remove(Setting.Kind.LIMIT, "slow", "ann");
			ask(context, "best");
			assertThat(context.getBean(RouteEngine.class).limits().all()).singleElement()
				.extracting(Limit::amounts)
				.isEqualTo(Map.of(LimitUnit.REQUESTS, 100L));
		});
	}

	@Test
	void everythingThatIsWrongIsToldAtOnceAndNothingIsChanged() {
		run((context) -> {
			assertThatExceptionOfType(InvalidSwitchboardConfigurationException.class)
				.isThrownBy(() -> settings(context)
					.put(budget("all", "limit", "-1", "per", "dya", "for.route", "bst", "on-limit", "chaep"), "ann"))
				.satisfies((ex) -> assertThat(ex.problems()).extracting(ConfigurationProblem::property)
					.containsExactlyInAnyOrder("switchboard.budgets.all.limit", "switchboard.budgets.all.per",
							"switchboard.budgets.all.for.route", "switchboard.budgets.all.on-limit"));
			assertThatExceptionOfType(InvalidSwitchboardConfigurationException.class)
				.isThrownBy(() -> settings(context).put(budget("new", "limt", "1", "per", "day"), "ann"))
				.withMessageContaining("switchboard.budgets.new.limt");
			assertThatExceptionOfType(InvalidSwitchboardConfigurationException.class)
				.isThrownBy(() -> settings(context).put(limit("new", "per", "day"), "ann"))
				.withMessageContaining("limits nothing");
			assertThat(budgets(context)).singleElement().extracting(Budget::limit).isEqualTo(Money.ofUsd("10"));
		});
	}

	@Test
	void budgetsThatLeadInACircleAreRefusedTogether() {
		run((context) -> {
			settings(context).put(budget("one", "for.route", "best", "limit", "1", "per", "day", "on-limit", "cheap"),
					"ann");
			assertThatExceptionOfType(InvalidSwitchboardConfigurationException.class)
				.isThrownBy(() -> settings(context)
					.put(budget("two", "for.route", "cheap", "limit", "1", "per", "day", "on-limit", "best"), "ann"))
				.withMessageContaining("in a circle");
			assertThat(budgets(context)).extracting(Budget::name).containsExactly("all", "one");
		});
	}

	@Test
	void whatAnotherNodeHasSetAndThisOneCannotUseIsLeftOut(CapturedOutput output) {
		InMemorySettingStore store = new InMemorySettingStore();
		store.put(Setting.of(Setting.Kind.ROUTE, "gone", Map.of("targets", "openai/gpt-5.4")), "ann");
		store.put(Setting.of(Setting.Kind.ROUTE, "cheap", Map.of("targets", "openai/gpt-5.4")), "ann");
		store.put(limit("wrong", "requests", "many"), "ann");
		store.put(limit("right", "requests", "7"), "ann");
		this.runner.withBean(SettingStore.class, () -> store).withInitializer(new Yaml(YAML)).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(settings(context).all(Setting.Kind.ROUTE)).containsOnlyKeys("cheap");
			assertThat(settings(context).all(Setting.Kind.LIMIT)).containsOnlyKeys("right");
			assertThat(context.getBean(RouteEngine.class).limits().all()).extracting(Limit::name)
				.containsExactly("slow", "right");
		});
		assertThat(output.getOut().lines().filter((line) -> line.contains("cannot be used"))).hasSize(2)
			.anyMatch((line) -> line.contains("gone"))
			.anyMatch((line) -> line.contains("wrong"));
	}

	@Test
	void aBudgetWhoseOtherRouteIsGoneRefuses(CapturedOutput output) {
		InMemorySettingStore store = new InMemorySettingStore();
		store.put(budget("team", "for.team", "search", "limit", "5", "per", "month", "on-limit", "gone"), "ann");
		this.runner.withBean(SettingStore.class, () -> store)
			.withInitializer(new Yaml(YAML))
			.run((context) -> assertThat(budgets(context)).filteredOn((budget) -> budget.name().equals("team"))
				.singleElement()
				.extracting(Budget::onLimit)
				.isInstanceOf(OnLimit.Refuse.class));
		assertThat(output.getOut()).contains("refuses when it is spent budget=team");
	}

	@Test
	void budgetsThatRefuseUnknownPricesAreWarnedOfOnce(CapturedOutput output) {
		run((context) -> {
			settings(context).put(Setting.of(Setting.Kind.ROUTE, "cheap", Map.of("targets", "openai/unheard-of")),
					"ann");
			settings(context).put(limit("slow", "requests", "50"), "ann");
			settings(context).put(limit("slow", "requests", "60"), "ann");
		});
		assertThat(output.getOut().lines().filter((line) -> line.contains("openai/unheard-of"))).singleElement()
			.asString()
			.contains("WARN", "Budgets [all] refuse");
	}

	@Test
	void whoeverKeepsSettingsIsAskedOnce() {
		Listened store = new Listened();
		this.runner.withBean(SettingStore.class, () -> store)
			.withPropertyValues("spring.main.lazy-initialization=true")
			.withInitializer(new Yaml(YAML))
			.run((context) -> assertThat(store.listeners).isEqualTo(1));
	}

	private static final class Listened implements SettingStore {

		private int listeners;

		@Override
		public Outcome put(Setting setting, String who) {
			return Outcome.UNCHANGED;
		}

		@Override
		public boolean remove(Setting.Kind kind, String name, String who) {
			return false;
		}

		@Override
		public void listen(Consumer<List<Setting>> reader) {
			this.listeners++;
		}

	}

}
