package dev.switchboard.autoconfigure;

import java.util.List;

import dev.switchboard.provider.TargetClients;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.SimulatedWire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the providers of an application come from.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProvidersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ChatClientAutoConfiguration.class, SwitchboardAutoConfiguration.class,
				SwitchboardSimulatorAutoConfiguration.class));

	@Test
	void aWellKnownProviderNeedsOnlyItsKey() {
		this.runner
			.withPropertyValues("switchboard.providers.openai.api-key=sk-1",
					"switchboard.routes.code.targets=openai/gpt-5.4")
			.run((context) -> {
				var settings = context.getBean(TargetClients.class).settings("openai");
				assertThat(settings.baseUrl()).hasToString("https://api.openai.com/v1");
				assertThat(settings.apiKey().reveal()).isEqualTo("sk-1");
			});
	}

	@Test
	void theKeyOfAWellKnownProviderMayBeAVariable() {
		this.runner.withPropertyValues("GROQ_API_KEY=sk-2", "switchboard.routes.code.targets=groq/llama-3.3-70b")
			.run((context) -> assertThat(context.getBean(TargetClients.class).settings("groq").apiKey().reveal())
				.isEqualTo("sk-2"));
	}

	@Test
	void aProviderWithoutKeyIsLeftOutAndSaidSoOnce(CapturedOutput output) {
		this.runner.withInitializer(new Yaml("""
				switchboard:
				  providers:
				    openai: { api-key: sk-1 }
				    groq: { api-key: "${NO_SUCH_VARIABLE}" }
				  routes:
				    one: { targets: [ groq/llama-3.3-70b, openai/gpt-5.4 ] }
				    two: { targets: [ openai/gpt-5.4, groq/llama-3.3-70b ] }
				""")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(RoutingPlan.class).routes().routes())
				.allSatisfy((route) -> assertThat(StartupLog.describe(context.getBean(RoutingPlan.class).routes()))
					.doesNotContain("groq"));
			assertThat(output).containsOnlyOnce("Provider 'groq' is disabled, as it has no key; its targets are left "
					+ "out. Action: set 'switchboard.providers.groq.api-key' or the environment variable GROQ_API_KEY.");
		});
	}

	@Test
	void aLocalProviderNeedsNothing() {
		this.runner.withPropertyValues("switchboard.routes.code.targets=ollama/qwen3")
			.run((context) -> assertThat(context.getBean(TargetClients.class).isConfigured("ollama")).isTrue());
	}

	@Test
	void anyChatModelBeanMayBeAProvider() {
		this.runner
			.withBean("bedrockChatModel", ChatModel.class,
					() -> (prompt) -> ChatResponse.builder()
						.generations(List.of(new Generation(new AssistantMessage("From Bedrock"))))
						.build())
			.withPropertyValues("switchboard.providers.corporate.chat-model=bedrockChatModel",
					"switchboard.routes.code.targets=corporate/claude")
			.run((context) -> assertThat(context.getBean("code", ChatClient.class).prompt("Hello").call().content())
				.isEqualTo("From Bedrock"));
	}

	@Test
	void aModelThatSpringAiConfiguresIsAProviderWithNothingSaid() {
		try (Simulator simulator = Simulator.start()) {
			simulator.provider("openai").answers("From Spring AI's own model");
			this.runner
				.withConfiguration(
						AutoConfigurations.of(OpenAiChatAutoConfiguration.class, ToolCallingAutoConfiguration.class))
				.withPropertyValues("spring.ai.openai.api-key=sk-of-spring-ai",
						"spring.ai.openai.base-url=" + simulator.provider("openai").baseUrl(SimulatedWire.OPENAI),
						"switchboard.routes.code.targets=openai/gpt-5.4")
				.run((context) -> {
					assertThat(context.getBean("code", ChatClient.class).prompt("Hello").call().content())
						.isEqualTo("From Spring AI's own model");
					assertThat(simulator.requests()).singleElement()
						.satisfies((request) -> assertThat(request.header("Authorization"))
							.isEqualTo("Bearer sk-of-spring-ai"));
					assertThat(simulator.requests().get(0).model()).isEqualTo("gpt-5.4");
				});
		}
	}

	@Test
	void theBuilderOfAModelThatSpringAiConfiguresStillWorks() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(OpenAiChatAutoConfiguration.class, ToolCallingAutoConfiguration.class))
			.withPropertyValues("spring.ai.openai.api-key=sk-1", "switchboard.providers.groq.api-key=sk-2",
					"switchboard.routes.code.targets=groq/llama-3.3-70b")
			.run((context) -> assertThat(context.getBean(ChatClient.Builder.class).build()).isNotNull());
	}

	@Test
	void anOwnKeyWinsOverAModelThatSpringAiConfigures() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(OpenAiChatAutoConfiguration.class, ToolCallingAutoConfiguration.class))
			.withPropertyValues("spring.ai.openai.api-key=sk-1", "switchboard.providers.openai.api-key=sk-2",
					"switchboard.routes.code.targets=openai/gpt-5.4")
			.run((context) -> assertThat(context.getBean(TargetClients.class).settings("openai").apiKey().reveal())
				.isEqualTo("sk-2"));
	}

	@Test
	void theSimulatorStandsInForProvidersWithoutKey(CapturedOutput output) {
		this.runner
			.withPropertyValues("switchboard.simulator.enabled=true", "switchboard.providers.groq.api-key=sk-1",
					"switchboard.routes.code.targets=openai/gpt-5.4,groq/llama-3.3-70b")
			.run((context) -> {
				TargetClients clients = context.getBean(TargetClients.class);
				assertThat(clients.settings("openai").baseUrl())
					.hasToString(context.getBean(Simulator.class).url() + "/openai/v1");
				assertThat(clients.settings("groq").baseUrl()).hasToString("https://api.groq.com/openai/v1");
				assertThat(output).containsOnlyOnce("The simulator answers for [openai]");
			});
	}

	@Test
	void aKeyInTheEnvironmentDoesNotLeadAroundTheSimulator() {
		this.runner
			.withPropertyValues("switchboard.simulator.enabled=true", "OPENAI_API_KEY=sk-1",
					"switchboard.routes.code.targets=openai/gpt-5.4")
			.run((context) -> assertThat(context.getBean(TargetClients.class).settings("openai").baseUrl())
				.hasToString(context.getBean(Simulator.class).url() + "/openai/v1"));
	}

	@Test
	void theSimulatorStartsOnlyWhenAskedFor() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(Simulator.class));
	}

	@Test
	void aSimulatorThatIsNotThereIsAProblem() {
		this.runner.withClassLoader(new FilteredClassLoader(Simulator.class))
			.withPropertyValues("switchboard.simulator.enabled=true")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessage("Property 'switchboard.simulator.enabled' is true, but the simulator is not on the "
						+ "classpath. Action: add the dependency 'dev.switchboard:switchboard-simulator', or set it to "
						+ "false."));
	}

	@Test
	void theRoutesAreLoggedOnceAtTheStart(CapturedOutput output) {
		this.runner.withInitializer(new Yaml("""
				switchboard:
				  providers: { openai: { api-key: sk-1 } }
				  default-route: cheap-fast
				  routes:
				    cheap-fast: { targets: [ openai/gpt-5.4-mini, openai/gpt-5.4 ], policy: fast, cache: { ttl: 10m } }
				    auto: { rules: [ { when: "images > 0", route: cheap-fast }, { route: cheap-fast } ] }
				""")).run((context) -> assertThat(output.toString().replace("\r\n", "\n")).containsOnlyOnce("""
				Routes:
				  cheap-fast  openai/gpt-5.4-mini -> openai/gpt-5.4  policy=fast  cache=10m  (default)
				  auto        when images > 0 route cheap-fast; route cheap-fast
				"""));
	}

}
