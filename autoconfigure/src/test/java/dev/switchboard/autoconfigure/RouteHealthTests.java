package dev.switchboard.autoconfigure;

import java.time.Duration;

import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.health.TargetHealth;
import dev.switchboard.policy.FailureKind;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RouteHealthTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(SwitchboardAutoConfiguration.class, SwitchboardHealthAutoConfiguration.class))
		.withInitializer(new Yaml("""
				switchboard:
				  providers: { openai: { api-key: sk-1 }, groq: { api-key: sk-2 } }
				  routes:
				    cheap-fast: { targets: [ groq/llama-3.3-70b, openai/gpt-5.4-mini ] }
				    auto: { rules: [ { route: cheap-fast } ] }
				"""));

	@Test
	void aRouteIsUpWhileSomeTargetIsUsable() {
		this.runner.run((context) -> {
			TargetHealth targets = context.getBean(RouteEngine.class).health();
			RouteHealthContributor health = context.getBean(RouteHealthContributor.class);
			assertThat(of(health, "cheap-fast").getStatus()).isEqualTo(Status.UP);
			targets.coolDown(ModelId.parse("groq/llama-3.3-70b"), Duration.ofMinutes(1), FailureKind.RATE_LIMITED);
			assertThat(of(health, "cheap-fast").getStatus()).isEqualTo(Status.UP);
			targets.coolDown(ModelId.parse("openai/gpt-5.4-mini"), Duration.ofMinutes(1), FailureKind.RATE_LIMITED);
			assertThat(of(health, "cheap-fast").getStatus()).isEqualTo(Status.DOWN);
			assertThat(of(health, "auto").getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void theDetailsSayHowEachTargetStands() {
		this.runner.run((context) -> {
			context.getBean(RouteEngine.class)
				.health()
				.coolDown(ModelId.parse("groq/llama-3.3-70b"), Duration.ofMinutes(1), FailureKind.RATE_LIMITED);
			Health health = of(context.getBean(RouteHealthContributor.class), "cheap-fast");
			assertThat(health.getDetails().get("groq/llama-3.3-70b")).asString().startsWith("cooling down until ");
			assertThat(health.getDetails()).containsEntry("openai/gpt-5.4-mini", "usable");
		});
	}

	@Test
	void everyRouteIsListed() {
		this.runner.run((context) -> assertThat(context.getBean(RouteHealthContributor.class).stream())
			.extracting(HealthContributors.Entry::name)
			.containsExactly("cheap-fast", "auto"));
	}

	@Test
	void aRouteThatIsNotThereHasNoHealth() {
		this.runner.run((context) -> assertThat(context.getBean(RouteHealthContributor.class).getContributor("no-such"))
			.isNull());
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.switchboard.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RouteHealthContributor.class));
	}

	@Test
	void theHealthModuleIsOptional() {
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("switchboardHealthContributor"));
	}

	private static Health of(RouteHealthContributor contributor, String route) {
		HealthContributor health = contributor.getContributor(route);
		assertThat(health).isInstanceOf(HealthIndicator.class);
		return ((HealthIndicator) health).health();
	}

}
