package dev.switchboard.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import dev.switchboard.cost.Modality;
import dev.switchboard.policy.FailureKind;
import dev.switchboard.policy.Reaction;
import dev.switchboard.route.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class SwitchboardPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Binding.class);

	@Test
	void targetsMayBeWordsAndMapsInOneList() {
		yaml("""
				switchboard:
				  routes:
				    best-quality:
				      targets:
				        - anthropic/claude-opus-4.7
				        - model: openai/gpt-5.4
				          timeout: 90s
				          options: { temperature: 0.2, reasoning-effort: high, stop: [ "a", "b" ] }
				""", (properties) -> {
			var targets = properties.routes().get("best-quality").targets();
			assertThat(targets.get(0))
				.isEqualTo(new SwitchboardProperties.Target("anthropic/claude-opus-4.7", null, Map.of()));
			assertThat(targets.get(1).model()).isEqualTo("openai/gpt-5.4");
			assertThat(targets.get(1).timeout()).isEqualTo(Duration.ofSeconds(90));
			assertThat(targets.get(1).options()).containsEntry("temperature", 0.2)
				.containsEntry("reasoning-effort", "high");
		});
	}

	@Test
	void targetsMayBeOneLineOfWords() {
		this.runner.withPropertyValues("switchboard.routes.code.targets=openai/gpt-5.4, groq/llama-3.3")
			.run((context) -> assertThat(context.getBean(SwitchboardProperties.class).routes().get("code").targets())
				.extracting(SwitchboardProperties.Target::model)
				.containsExactly("openai/gpt-5.4", "groq/llama-3.3"));
	}

	@Test
	void targetsMayBeMixedInAPropertiesFile() {
		this.runner
			.withPropertyValues("switchboard.routes.code.targets[0]=openai/gpt-5.4",
					"switchboard.routes.code.targets[1].model=groq/llama-3.3",
					"switchboard.routes.code.targets[1].options.temperature=0.5")
			.run((context) -> {
				var targets = context.getBean(SwitchboardProperties.class).routes().get("code").targets();
				assertThat(targets).extracting(SwitchboardProperties.Target::model)
					.containsExactly("openai/gpt-5.4", "groq/llama-3.3");
				assertThat(targets.get(1).options()).containsEntry("temperature", "0.5");
			});
	}

	@Test
	void targetsMayBeEnvironmentVariables() {
		environment(
				Map.of("SWITCHBOARD_ROUTES_CODE_TARGETS_0_", "openai/gpt-5.4",
						"SWITCHBOARD_ROUTES_CODE_TARGETS_1_MODEL", "groq/llama-3.3",
						"SWITCHBOARD_ROUTES_CODE_TARGETS_1_TIMEOUT", "5s"),
				(properties) -> assertThat(properties.routes().get("code").targets()).containsExactly(
						new SwitchboardProperties.Target("openai/gpt-5.4", null, Map.of()),
						new SwitchboardProperties.Target("groq/llama-3.3", Duration.ofSeconds(5), Map.of())));
	}

	@Test
	void aVariableNamesAPropertyWithoutItsDashes() {
		environment(Map.of("SWITCHBOARD_PROVIDERS_OPENAI_APIKEY", "sk-1", "SWITCHBOARD_DEFAULTROUTE", "code"),
				(properties) -> {
					assertThat(properties.providers().get("openai").apiKey().reveal()).isEqualTo("sk-1");
					assertThat(properties.defaultRoute()).isEqualTo("code");
				});
	}

	@Test
	void aVariableChangesARouteWhoseNameHasADash() {
		this.runner.withInitializer(new Yaml("switchboard.routes.cheap-fast.targets: [ openai/gpt-5.4 ]"))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace("systemEnvironment",
						new SystemEnvironmentPropertySource("systemEnvironment",
								Map.of("SWITCHBOARD_ROUTES_CHEAP_FAST_POLICY", "careful"))))
			.run((context) -> assertThat(context.getBean(SwitchboardProperties.class).routes())
				.hasEntrySatisfying("cheap-fast", (route) -> assertThat(route.policy()).isEqualTo("careful"))
				.hasSize(1));
	}

	@Test
	void theBareWordOnIsAKeyLikeAnyOther() {
		yaml("""
				switchboard:
				  policies:
				    bare: { on: { content-refused: fallback } }
				    quoted: { "on": { content-refused: fallback } }
				""", (properties) -> {
			assertThat(properties.policies().get("bare").onAsYamlReadsIt()).containsEntry(FailureKind.CONTENT_REFUSED,
					Reaction.FALLBACK);
			assertThat(properties.policies().get("quoted").on()).containsEntry(FailureKind.CONTENT_REFUSED,
					Reaction.FALLBACK);
		});
	}

	@Test
	void theKeyDoesNotShowItself() {
		yaml("""
				switchboard:
				  providers:
				    openai: { api-key: sk-secret, headers: { Authorization: Bearer secret } }
				""",
				(properties) -> assertThat(properties.toString()).doesNotContain("secret")
					.contains("******")
					.contains("Authorization"));
	}

	@Test
	void anEmptyKeyIsNone() {
		yaml("""
				switchboard:
				  providers:
				    openai: { api-key: "${NO_SUCH_VARIABLE:}", connect-timeout: 1s }
				""", (properties) -> assertThat(properties.providers().get("openai").apiKey()).isNull());
	}

	@Test
	void everythingElseBinds() {
		yaml("""
				switchboard:
				  providers:
				    my-vllm:
				      wire: openai
				      base-url: http://vllm.internal:8000/v1
				      headers: { X-Team: search }
				      connect-timeout: 2s
				    corporate: { chat-model: bedrockChatModel }
				  routes:
				    cheap-fast:
				      description: Classification
				      targets: [ my-vllm/a ]
				      policy: fast
				      cache: { ttl: 10m }
				      requires: { context-window: 200000, input: [ image ], output: [ audio ], parallel-tools: true }
				    auto:
				      rules:
				        - { when: "images > 0", route: cheap-fast }
				        - { route: cheap-fast }
				  default-route: cheap-fast
				  policies:
				    mine:
				      extends: careful
				      max-retries: 2
				      circuit-breaker: { failure-rate: 40, open-for: 1m }
				      stream: { commit: complete, resume: never }
				      on-exhausted: ask
				      hedge-after: 800ms
				  catalog:
				    models:
				      - model: my-vllm/a
				        context-window: 32768
				        input: [ text, image ]
				        output: [ text, audio ]
				        deprecated: 2027-03-04
				        price: { input: 0.10, output: 0.20, long-input: [ { above-input-tokens: 200000, input: 1, output: 2 } ] }
				  cache: { maximum-size: 128MB }
				""",
				(properties) -> {
					var vllm = properties.providers().get("my-vllm");
					assertThat(vllm.wire()).isEqualTo(Wire.OPENAI);
					assertThat(vllm.baseUrl()).hasToString("http://vllm.internal:8000/v1");
					assertThat(vllm.headers()).containsEntry("X-Team", "search");
					assertThat(vllm.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
					assertThat(properties.providers().get("corporate").chatModel()).isEqualTo("bedrockChatModel");
					var route = properties.routes().get("cheap-fast");
					assertThat(route.cache().ttl()).isEqualTo(Duration.ofMinutes(10));
					assertThat(route.requires().input()).containsExactly(Modality.IMAGE);
					assertThat(route.requires().output()).containsExactly(Modality.AUDIO);
					assertThat(route.requires().parallelTools()).isTrue();
					assertThat(properties.catalog().models().get(0).output()).containsExactly(Modality.TEXT,
							Modality.AUDIO);
					assertThat(properties.catalog().models().get(0).deprecated()).isEqualTo("2027-03-04");
					assertThat(properties.routes().get("auto").rules()).hasSize(2);
					var policy = properties.policies().get("mine");
					assertThat(policy.parent()).isEqualTo("careful");
					assertThat(policy.circuitBreaker().failureRate()).isEqualTo(40);
					assertThat(policy.hedgeAfter()).isEqualTo(Duration.ofMillis(800));
					assertThat(properties.catalog().models().get(0).price().input()).isEqualByComparingTo("0.10");
					assertThat(properties.catalog().models().get(0).price().longInput()).hasSize(1);
					assertThat(properties.cache().maximumSize()).isEqualTo(DataSize.ofMegabytes(128));
				});
	}

	private void yaml(String text, Consumer<SwitchboardProperties> assertions) {
		this.runner.withInitializer(new Yaml(text))
			.run((context) -> assertions.accept(context.getBean(SwitchboardProperties.class)));
	}

	private void environment(Map<String, Object> variables, Consumer<SwitchboardProperties> assertions) {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables)))
			.run((context) -> assertions.accept(context.getBean(SwitchboardProperties.class)));
	}

	@EnableConfigurationProperties(SwitchboardProperties.class)
	static class Binding {

		@Bean
		@ConfigurationPropertiesBinding
		static TargetConverter targetConverter() {
			return new TargetConverter();
		}

		@Bean
		@ConfigurationPropertiesBinding
		static SecretConverter secretConverter() {
			return new SecretConverter();
		}

	}

}
