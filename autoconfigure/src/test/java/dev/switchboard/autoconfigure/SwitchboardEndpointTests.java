package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.util.List;

import dev.switchboard.autoconfigure.SwitchboardEndpoint.RouteReport;
import dev.switchboard.autoconfigure.SwitchboardEndpoint.RouteTarget;
import dev.switchboard.autoconfigure.SwitchboardEndpoint.TargetReport;
import dev.switchboard.cost.ModelId;
import dev.switchboard.engine.RouteEngine;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.simulator.Simulator;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class SwitchboardEndpointTests {

	private static final ModelId LLAMA = ModelId.parse("groq/llama-3.3-70b");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, ChatClientAutoConfiguration.class,
				SwitchboardAutoConfiguration.class, SwitchboardSimulatorAutoConfiguration.class,
				SwitchboardEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=switchboard")
		.withInitializer(new Yaml("""
				switchboard:
				  simulator: { enabled: true }
				  default-route: cheap-fast
				  routes:
				    cheap-fast:
				      targets: [ groq/llama-3.3-70b, { model: openai/gpt-5.4-mini, timeout: 9s } ]
				      policy: fast
				      cache: { ttl: 10m }
				    auto: { rules: [ { when: "images > 0", route: cheap-fast }, { route: cheap-fast } ] }
				"""));

	@Test
	void routesAreShownWithTheirTargetsAndRules() {
		this.runner.run((context) -> {
			List<RouteReport> routes = context.getBean(SwitchboardEndpoint.class).report().routes();
			assertThat(routes).extracting(RouteReport::name).containsExactly("cheap-fast", "auto");
			RouteReport cheapFast = routes.get(0);
			assertThat(cheapFast.isDefault()).isTrue();
			assertThat(cheapFast.policy()).isEqualTo("fast");
			assertThat(cheapFast.cacheTtl()).isEqualTo(Duration.ofMinutes(10));
			assertThat(cheapFast.targets()).extracting(RouteTarget::target)
				.containsExactly("groq/llama-3.3-70b", "openai/gpt-5.4-mini");
			assertThat(routes.get(1).rules()).containsExactly(
					new SwitchboardEndpoint.RouteRule("images > 0", "cheap-fast"),
					new SwitchboardEndpoint.RouteRule(null, "cheap-fast"));
		});
	}

	@Test
	void aTargetThatCoolsDownIsShownAndCanBeReset() {
		this.runner.run((context) -> {
			SwitchboardEndpoint endpoint = context.getBean(SwitchboardEndpoint.class);
			context.getBean(RouteEngine.class)
				.health()
				.coolDown(LLAMA, Duration.ofMinutes(5), FailureKind.QUOTA_EXHAUSTED);
			TargetReport cooling = endpoint.report().targets().get(0);
			assertThat(cooling.target()).isEqualTo("groq/llama-3.3-70b");
			assertThat(cooling.usable()).isFalse();
			assertThat(cooling.coolingDownUntil()).isNotNull();
			assertThat(cooling.coolingDownAfter()).isEqualTo("quota-exhausted");
			assertThat(endpoint.reset("groq/llama-3.3-70b"))
				.isEqualTo(new TargetReport("groq/llama-3.3-70b", true, null, null, "closed"));
		});
	}

	@Test
	void onlyATargetOfARouteCanBeReset() {
		this.runner
			.run((context) -> assertThat(problems(400, context.getBean(SwitchboardEndpoint.class).reset("groq/other")))
				.containsExactly("No route has the target 'groq/other'."));
	}

	@Test
	void otherTargetsAnswerTheNextCallOfAClientThatIsThereAlready() {
		this.runner.run((context) -> {
			Simulator simulator = context.getBean(Simulator.class);
			simulator.provider("groq").answers("From Groq");
			simulator.provider("openai").answers("From OpenAI");
			ChatClient client = context.getBean("cheap-fast", ChatClient.class);
			SwitchboardEndpoint endpoint = context.getBean(SwitchboardEndpoint.class);
			assertThat(targets(endpoint.retarget("cheap-fast", List.of("openai/gpt-5.4-mini"), SecurityContext.NONE)))
				.extracting(RouteTarget::target)
				.containsExactly("openai/gpt-5.4-mini");
			assertThat(client.prompt("Hello").call().content()).isEqualTo("From OpenAI");
			endpoint.restore("cheap-fast", SecurityContext.NONE);
			assertThat(client.prompt("Hello again").call().content()).isEqualTo("From Groq");
		});
	}

	@Test
	void aConfiguredTargetKeepsItsTimeout() {
		this.runner.run((context) -> assertThat(targets(context.getBean(SwitchboardEndpoint.class)
			.retarget("cheap-fast", List.of("openai/gpt-5.4-mini", "groq/other"), SecurityContext.NONE)))
			.extracting(RouteTarget::timeout)
			.containsExactly(Duration.ofSeconds(9), null));
	}

	@Test
	void targetsThatWillNotDoChangeNothing() {
		this.runner.run((context) -> {
			SwitchboardEndpoint endpoint = context.getBean(SwitchboardEndpoint.class);
			assertThat(problems(400,
					endpoint.retarget("cheap-fast", List.of("groq/llama-3.3-70b", "opnai/gpt-5.4"),
							SecurityContext.NONE)))
				.singleElement()
				.asString()
				.contains("'switchboard.routes.cheap-fast.targets[1]' names provider 'opnai'");
			assertThat(problems(400, endpoint.retarget("cheap-fast", List.of(), SecurityContext.NONE))).hasSize(1);
			assertThat(problems(400, endpoint.retarget("auto", List.of("groq/llama-3.3-70b"), SecurityContext.NONE)))
				.singleElement()
				.asString()
				.contains("picks a route by rules");
			assertThat(endpoint.route("cheap-fast").targets()).hasSize(2);
		});
	}

	@Test
	void aRouteThatIsNotThereIsNotFound() {
		this.runner.run((context) -> {
			SwitchboardEndpoint endpoint = context.getBean(SwitchboardEndpoint.class);
			assertThat(endpoint.route("no-such")).isNull();
			assertThat(problems(404, endpoint.restore("no-such", SecurityContext.NONE)))
				.containsExactly("There is no route 'no-such'. The routes are [cheap-fast, auto].");
			assertThat(problems(404, endpoint.retarget("no-such", List.of("groq/llama-3.3-70b"), SecurityContext.NONE)))
				.hasSize(1);
		});
	}

	@Test
	void theEndpointIsThereOnlyWhenExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(SwitchboardEndpoint.class));
	}

	@Test
	void theActuatorIsOptional() {
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("switchboardEndpoint"));
	}

	private static List<RouteTarget> targets(Object route) {
		assertThat(route).isInstanceOf(RouteReport.class);
		return ((RouteReport) route).targets();
	}

	private static List<String> problems(int status, Object response) {
		assertThat(response).isInstanceOf(WebEndpointResponse.class);
		WebEndpointResponse<?> refusal = (WebEndpointResponse<?>) response;
		assertThat(refusal.getStatus()).isEqualTo(status);
		return ((SwitchboardEndpoint.Refusal) refusal.getBody()).problems();
	}

}
