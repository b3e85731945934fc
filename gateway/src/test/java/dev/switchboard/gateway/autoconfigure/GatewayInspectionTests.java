package dev.switchboard.gateway.autoconfigure;

import java.util.List;

import dev.switchboard.autoconfigure.ConfigurationProblem;
import dev.switchboard.autoconfigure.InvalidSwitchboardConfigurationException;
import dev.switchboard.gateway.RunningGateway;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What somebody reads who configured the gateway wrongly.
 */
class GatewayInspectionTests {

	private static final String ROUTE = "switchboard.routes.cheap-fast.targets=openai/gpt-5.4-mini";

	private static final String KEY = "switchboard.gateway.keys.alice.hash={noop}key";

	private static List<String> problems(String... properties) {
		Throwable cause = catchThrowable(() -> RunningGateway.start(properties).close());
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
	void everythingThatIsWrongIsToldAtOnce() {
		assertThat(problems("switchboard.routes.cheap-fast.targets=opnai/gpt-5.4-mini",
				"switchboard.providers.openai.api-key=sk-1", "switchboard.gateway.keys.alice.team=search",
				"switchboard.gateway.keys.bob.hash={noop}bobs",
				"switchboard.gateway.keys.bob.routes=cheap-fats,cheap-*",
				"switchboard.gateway.keys.bob.experis=2027-06-30T00:00:00Z", "switchboard.gateway.alises.x=cheap-fast",
				"switchboard.gateway.aliases.gpt=nowhere", "switchboard.gateway.request-timeout=0s"))
			.satisfiesExactlyInAnyOrder(
					(problem) -> assertThat(problem).contains("'switchboard.gateway.keys.alice.hash' is missing"),
					(problem) -> assertThat(problem).contains("'switchboard.gateway.keys.bob.routes[0]'")
						.contains("did you mean 'cheap-fast'"),
					(problem) -> assertThat(problem).contains("'switchboard.gateway.keys.bob.experis' is not known")
						.contains("did you mean 'expires'"),
					(problem) -> assertThat(problem).contains("'switchboard.gateway.alises' is not known")
						.contains("did you mean 'aliases'"),
					(problem) -> assertThat(problem)
						.contains("'switchboard.gateway.aliases.gpt' names route 'nowhere'"),
					(problem) -> assertThat(problem).contains("'switchboard.gateway.request-timeout'")
						.contains("must be positive"),
					(problem) -> assertThat(problem).contains("names provider 'opnai'"));
	}

	@Test
	void aRouteMustNotHaveANameThatStandsForNone() {
		assertThat(problems("switchboard.routes.direct.targets=openai/gpt-5.4-mini",
				"switchboard.routes.fallbacks.targets=openai/gpt-5.4-mini",
				"switchboard.routes.passthrough.targets=openai/gpt-5.4-mini"))
			.hasSize(3)
			.allSatisfy((problem) -> assertThat(problem).contains("give the route another name"));
	}

	@Test
	void whatIsRightStarts() {
		try (RunningGateway gateway = RunningGateway.start(ROUTE, KEY, "switchboard.gateway.keys.alice.routes=cheap-*",
				"switchboard.gateway.aliases.gpt=cheap-fast", "switchboard.gateway.aliases.big=mistral/large",
				"switchboard.gateway.passthrough.idle-timeout=1m")) {
			assertThat(gateway.get("/v1/models", "x-api-key", "key").body()).contains("cheap-fast");
		}
	}

	@Test
	void whereTheGatewayIsOffItsKeysAreStillKnownAndNoNameIsTaken() {
		try (RunningGateway gateway = RunningGateway.start("switchboard.gateway.enabled=false",
				"switchboard.routes.direct.targets=openai/gpt-5.4-mini",
				"switchboard.gateway.keys.alice.team=search")) {
			assertThat(gateway.context().getBeansOfType(GatewayAutoConfiguration.class)).isEmpty();
		}
	}

}
