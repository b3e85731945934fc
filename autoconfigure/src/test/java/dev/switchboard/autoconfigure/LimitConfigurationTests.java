package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.ChatRoutes;
import dev.switchboard.call.CallSelector;
import dev.switchboard.call.LimitUnit;
import dev.switchboard.call.RateLimitExceededException;
import dev.switchboard.limit.Draw;
import dev.switchboard.limit.Grant;
import dev.switchboard.limit.Level;
import dev.switchboard.limit.Limit;
import dev.switchboard.limit.LimitPeriod;
import dev.switchboard.limit.LimitStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Limits as they are configured, and what somebody reads who configures them wrong.
 */
class LimitConfigurationTests {

	private static final String ROUTES = """
			switchboard:
			  providers: { openai: { api-key: sk-1 } }
			  routes:
			    best: { targets: [ openai/gpt-5.4 ] }
			    auto: { rules: [ { route: best } ] }
			  limits:
			""";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SwitchboardAutoConfiguration.class));

	@Test
	void everythingCanBeSaid() {
		assertThat(limits("""
				    full:
				      for: { key: "*", team: search, route: best, tags: { app: mail } }
				      requests: 60
				      input-tokens: 100000
				      output-tokens: 20000
				      tokens: 110000
				      per: day
				      zone: Europe/Berlin
				""")).containsExactly(new Limit("full",
				new CallSelector("*", "search", "best", null, Map.of("app", "mail")), Map.of(LimitUnit.REQUESTS, 60L,
						LimitUnit.INPUT_TOKENS, 100_000L, LimitUnit.OUTPUT_TOKENS, 20_000L, LimitUnit.TOKENS, 110_000L),
				LimitPeriod.DAY, ZoneId.of("Europe/Berlin")));
	}

	@Test
	void littleHasToBeSaid() {
		assertThat(limits("    all: { requests: 600 }")).containsExactly(new Limit("all", CallSelector.ALL,
				Map.of(LimitUnit.REQUESTS, 600L), LimitPeriod.MINUTE, ZoneId.of("UTC")));
	}

	@Test
	void everyProblemIsToldAtOnce() {
		assertThat(problems("""
				    a: { requests: 0 }
				    b: { per: hour }
				    c: { requests: 1, for: { route: bets } }
				    d: { requests: 1, for: { route: auto } }
				    e: { requests: 1, for: { provider: openai } }
				    f: { requests: 1, for: { key: "" } }
				    g: { tokens: 200000000, per: second }
				    h: { requests: 1, for: { tags: { app: " " } } }
				    i: { request: 1 }
				""")).containsExactlyInAnyOrder(
				"Property 'switchboard.limits.a.requests' is '0', but must be greater than 0. Action: correct it.",
				"Property 'switchboard.limits.b' limits nothing. Action: add 'requests', 'input-tokens', "
						+ "'output-tokens' or 'tokens'.",
				"Property 'switchboard.limits.c.for.route' names route 'bets', but the routes are [best, auto]. "
						+ "Action: use one of these, or add 'switchboard.routes.bets'.",
				"Property 'switchboard.limits.d.for.route' names route 'auto', which only picks others by its rules. "
						+ "Action: name the routes that it picks.",
				"Property 'switchboard.limits.e.for.provider' is not known, so that it would be ignored. Action: "
						+ "remove it, or use one of [key, team, route, tags].",
				"Property 'switchboard.limits.f.for.key' is blank, so that no call would fit. Action: give a value, "
						+ "'*' for each, or leave it out.",
				"Property 'switchboard.limits.g' cannot be used: Limit 'g' must allow 1 to 100000000 tokens per "
						+ "second, but found 200000000. Action: correct it.",
				"Property 'switchboard.limits.h.for.tags.app' is blank, so that no call would fit. Action: give a "
						+ "value, '*' for each, or leave it out.",
				"Property 'switchboard.limits.i.request' is not known, so that it would be ignored. Action: did you "
						+ "mean 'requests'.");
	}

	@Test
	void anApplicationsOwnStoreIsUsedAndWhatItRefusesIsCounted() {
		this.runner.withInitializer(new Yaml(ROUTES + "    few: { requests: 5 }"))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean(LimitStore.class, Closed::new)
			.run((context) -> {
				assertThatExceptionOfType(RateLimitExceededException.class)
					.isThrownBy(() -> context.getBean(ChatRoutes.class).client("best").prompt("Hi").call().content());
				assertThat(context.getBean(MeterRegistry.class)
					.get("switchboard.limit.refused")
					.tags("switchboard.limit", "few", "switchboard.limit.unit", "requests")
					.counter()
					.count()).isEqualTo(1);
			});
	}

	private List<Limit> limits(String yaml) {
		List<Limit> limits = new ArrayList<>();
		this.runner.withInitializer(new Yaml(ROUTES + yaml)).run((context) -> {
			assertThat(context).hasNotFailed();
			limits.addAll(context.getBean(RoutingPlan.class).limits());
		});
		return limits;
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

	/** Has nothing for anybody. */
	private static final class Closed implements LimitStore {

		@Override
		public Grant take(List<Draw> draws) {
			return new Grant.Refused(draws.get(0), 0, Duration.ofSeconds(1));
		}

		@Override
		public List<Level> correct(List<Draw> corrections) {
			return List.of();
		}

	}

}
