package dev.switchboard.autoconfigure;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.budget.Budget;
import dev.switchboard.budget.BudgetPeriod;
import dev.switchboard.budget.OnLimit;
import dev.switchboard.budget.OnStream;
import dev.switchboard.call.CallSelector;
import dev.switchboard.cost.Money;
import dev.switchboard.route.RouteName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Budgets as they are configured, and what somebody reads who configures them wrong.
 */
class BudgetConfigurationTests {

	private static final String ROUTES = """
			switchboard:
			  providers: { openai: { api-key: sk-1 } }
			  routes:
			    best: { targets: [ openai/gpt-5.4 ] }
			    cheap: { targets: [ openai/gpt-5.4-mini ] }
			    auto: { rules: [ { route: cheap } ] }
			  budgets:
			""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SwitchboardAutoConfiguration.class));

	@Test
	void everythingCanBeSaid() {
		assertThat(budgets("""
				    full:
				      for: { key: "*", team: search, route: best, tags: { app: mail } }
				      limit: 12.50
				      per: week
				      zone: Europe/Berlin
				      soft-limit: 80%
				      on-limit: cheap
				      on-stream: cut
				      unknown-price: allow
				"""))
			.containsExactly(new Budget("full", new CallSelector("*", "search", "best", null, Map.of("app", "mail")),
					Money.ofUsd("12.5"), BudgetPeriod.WEEK, ZoneId.of("Europe/Berlin"), Money.ofUsd("10"),
					new OnLimit.Degrade(new RouteName("cheap")), OnStream.CUT, true));
	}

	@Test
	void littleHasToBeSaid() {
		assertThat(budgets("    all: { limit: 100, per: month }"))
			.containsExactly(Budget.of("all", CallSelector.ALL, Money.ofUsd("100"), BudgetPeriod.MONTH));
	}

	@Test
	void everyProblemIsToldAtOnce() {
		assertThat(problems("""
				    a: { limit: 0, per: day }
				    b: { per: day }
				    c: { limit: 1, per: day, soft-limit: 1.5 }
				    d: { limit: 1, per: day, soft-limit: much }
				    e: { limit: 1, per: day, on-limit: chep }
				    f: { limit: 1, per: day, for: { route: bets } }
				    g: { limit: 1, per: day, for: { route: auto } }
				    h: { limit: 1, per: day, for: { provider: opnai } }
				    i: { limit: 1, per: day, for: { provider: openai }, on-limit: cheap }
				    j: { limit: 0.0000000001, per: day }
				    k: { limit: 1 }
				    l: { limit: 1, per: day, for: { key: "" } }
				""")).containsExactlyInAnyOrder(
				"Property 'switchboard.budgets.a.limit' is '0', but must be greater than 0. Action: correct it.",
				"Property 'switchboard.budgets.b.limit' is missing. Action: add it.",
				"Property 'switchboard.budgets.c.soft-limit' is '1.5', but must be more than 0 and less than the "
						+ "limit, 1 USD. Action: give a smaller amount, or a larger limit.",
				"Property 'switchboard.budgets.d.soft-limit' is 'much', which is no amount. Action: write dollars, "
						+ "such as 8.50, or 80%.",
				"Property 'switchboard.budgets.e.on-limit' names route 'chep', but the routes are [best, cheap, auto]. "
						+ "Action: did you mean 'cheap'? Else use one of these, or add 'switchboard.routes.chep'.",
				"Property 'switchboard.budgets.f.for.route' names route 'bets', but the routes are [best, cheap, "
						+ "auto]. Action: use one of these, or add " + "'switchboard.routes.bets'.",
				"Property 'switchboard.budgets.g.for.route' names route 'auto', which only picks others by its rules. "
						+ "Action: name the routes that it picks.",
				"Property 'switchboard.budgets.h.for.provider' names provider 'opnai', but the providers configured "
						+ "are [openai]. Action: did you mean 'openai'? Else use one of these, or add "
						+ "'switchboard.providers.opnai'.",
				"Property 'switchboard.budgets.i.on-limit' names a route, but what a provider's budget does not admit "
						+ "goes on with the next target. Action: use 'refuse' or 'warn', or leave 'provider' out.",
				"Property 'switchboard.budgets.j.limit' cannot be used: Rounding necessary. Action: give an amount in "
						+ "US dollars with at most nine decimal places.",
				"Property 'switchboard.budgets.k.per' is missing. Action: add it.",
				"Property 'switchboard.budgets.l.for.key' is blank, so that no call would fit. Action: give a value, "
						+ "'*' for each, or leave it out.");
	}

	@Test
	void routesWhoseCallsWouldBeRefusedForAnUnknownPriceAreToldOnce() {
		String home = "switchboard.routes.home.targets=openai/home-grown, openai/gpt-5.4";
		String other = "switchboard.routes.other.targets=openai/unheard-of";
		assertThat(warnings("""
				    all: { limit: 1, per: day }
				    best: { limit: 1, per: day, for: { route: best } }
				    other: { limit: 1, per: day, for: { route: other } }
				    telling: { limit: 1, per: day, on-limit: warn }
				    provider: { limit: 1, per: day, for: { provider: openai } }
				""", home, other)).singleElement()
			.asString()
			.startsWith("Budgets [all, other, provider] refuse calls of models whose price is unknown, by route: "
					+ "{home=[openai/home-grown], other=[openai/unheard-of]}. ");
		assertThat(warnings("    all: { limit: 1, per: day, unknown-price: allow }", home, other)).isEmpty();
		assertThat(warnings("    all: { limit: 1, per: day }")).isEmpty();
	}

	private List<String> warnings(String yaml, String... properties) {
		List<String> warnings = new ArrayList<>();
		this.runner.withInitializer(new Yaml(ROUTES + yaml)).withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			warnings.addAll(context.getBean(Problems.class).warnings());
		});
		return warnings;
	}

	@Test
	void budgetsDoNotLeadCallsInACircle() {
		assertThat(problems("""
				    one: { limit: 1, per: day, for: { route: best }, on-limit: cheap }
				    two: { limit: 1, per: day, for: { route: cheap }, on-limit: best }
				""")).containsExactly("Property 'switchboard.budgets' lead calls in a circle when they are spent, "
				+ "best -> cheap -> best. Action: change an 'on-limit' on that way.");
	}

	@Test
	void aBudgetDoesNotLeadToItsOwnRoute() {
		assertThat(problems("    one: { limit: 1, per: day, for: { route: best }, on-limit: best }"))
			.containsExactly("Property 'switchboard.budgets.one.on-limit' names the route whose budget it is. Action: "
					+ "name another route, or use 'refuse'.");
	}

	private List<Budget> budgets(String yaml) {
		List<Budget> budgets = new ArrayList<>();
		this.runner.withInitializer(new Yaml(ROUTES + yaml)).run((context) -> {
			assertThat(context).hasNotFailed();
			budgets.addAll(context.getBean(RoutingPlan.class).budgets());
		});
		return budgets;
	}

	private List<String> problems(String yaml) {
		List<String> problems = new ArrayList<>();
		this.runner.withInitializer(new Yaml(ROUTES + yaml)).run((context) -> {
			assertThat(context).hasFailed();
			Throwable cause = context.getStartupFailure();
			while (!(cause instanceof InvalidSwitchboardConfigurationException) && cause.getCause() != null) {
				cause = cause.getCause();
			}
			assertThat(cause).isInstanceOf(InvalidSwitchboardConfigurationException.class);
			((InvalidSwitchboardConfigurationException) cause).problems()
				.forEach((problem) -> problems.add(problem.toString()));
		});
		return problems;
	}

}
