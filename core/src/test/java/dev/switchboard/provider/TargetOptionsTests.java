package dev.switchboard.provider;

import java.util.List;
import java.util.Map;

import dev.switchboard.cost.ModelId;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.prompt.Prompt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TargetOptionsTests {

	@RegisterExtension
	static final Providers providers = new Providers();

	@Test
	void optionsReachAnOpenAiModelWhateverYamlMadeOfThem() {
		JsonNode sent = sent(Wire.OPENAI,
				Map.of("temperature", "0.2", "max-tokens", "100", "reasoning-effort", "high", "top-p", 0.5, "seed", 7,
						"parallel-tool-calls", "false", "stop", Map.of("0", "END", "1", "STOP"), "extra-body",
						Map.of("enable_thinking", false), "logit-bias", Map.of("50256", "-100")));
		assertThat(sent).isEqualTo(json("""
				{"model":"model-1","messages":[{"role":"user","content":"hi"}],"temperature":0.2,"max_tokens":100,
				 "reasoning_effort":"high","top_p":0.5,"seed":7,"parallel_tool_calls":false,"stop":["END","STOP"],
				 "enable_thinking":false,"logit_bias":{"50256":-100}}"""));
	}

	@Test
	void optionsReachAnAnthropicModel() {
		JsonNode sent = sent(Wire.ANTHROPIC, Map.of("max-tokens", 2000, "top-k", "5", "stop-sequences", List.of("END"),
				"thinking", Map.of("type", "enabled", "budget_tokens", 1024), "reasoning-effort", "low"));
		assertThat(sent.path("max_tokens").asInt()).isEqualTo(2000);
		assertThat(sent.path("top_k").asInt()).isEqualTo(5);
		assertThat(sent.path("stop_sequences")).isEqualTo(json("[\"END\"]"));
		assertThat(sent.path("thinking")).isEqualTo(json("{\"type\":\"enabled\",\"budget_tokens\":1024}"));
		assertThat(sent.path("output_config")).isEqualTo(json("{\"effort\":\"low\"}"));
		assertThat(sent.path("model").asString()).isEqualTo("model-1");
	}

	@Test
	void anOptionWithoutAValueIsSwitchedOnByTrue() {
		assertThat(sent(Wire.ANTHROPIC, Map.of("thinking-disabled", "true")).path("thinking"))
			.isEqualTo(json("{\"type\":\"disabled\"}"));
		assertThatExceptionOfType(InvalidTargetOptionException.class)
			.isThrownBy(() -> providers.client(Wire.ANTHROPIC, Map.of("thinking-disabled", "yes")));
	}

	@Test
	void optionsReachAGeminiModel() {
		JsonNode sent = sent(Wire.GEMINI,
				Map.of("temperature", 0.2, "max-output-tokens", "100", "reasoning-effort", "high", "top-k", 5));
		JsonNode config = sent.path("generationConfig");
		assertThat(config.path("temperature").asDouble()).isBetween(0.19, 0.21);
		assertThat(config.path("maxOutputTokens").asInt()).isEqualTo(100);
		assertThat(config.path("topK").asInt()).isEqualTo(5);
		assertThat(config.path("thinkingConfig").path("thinkingLevel").asString()).isEqualToIgnoringCase("high");
	}

	@Test
	void eachOptionMayBeUsedOnEveryWireWhereItExists() {
		for (Wire wire : Wire.values()) {
			Target target = target(wire,
					Map.of("temperature", "0.2", "max-tokens", "10", "top-p", "0.9", "reasoning-effort", "low"));
			assertThat(providers.clients().problems(target)).as("%s", wire).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void anUnknownOptionIsToldWithThoseThatThereAre(Wire wire) {
		assertThatExceptionOfType(InvalidTargetOptionException.class)
			.isThrownBy(() -> providers.client(wire, Map.of("temprature", "0.2")))
			.satisfies((thrown) -> {
				assertThat(thrown.option()).isEqualTo("temprature");
				assertThat(thrown.target()).hasToString(Providers.name(wire) + "/model-1");
				assertThat(thrown.knownOptions()).contains("temperature", "max-tokens", "top-p")
					.doesNotContain("api-key", "base-url", "model", "max-retries", "timeout", "tool-callbacks", "build",
							"clone", "combine-with");
			})
			.withMessageContaining("Option 'temprature' of target '" + Providers.name(wire) + "/model-1' is not known")
			.withMessageContaining("temperature");
	}

	@ParameterizedTest
	@EnumSource
	void everyProblemOfATargetIsToldAtOnceAndNothingIsSent(Wire wire) {
		Target target = target(wire,
				Map.of("temprature", "0.2", "temperature", "warm", "max-tokens", 1.5, "top-p", 0.5));
		assertThat(providers.clients().problems(target)).hasSize(3)
			.anyMatch((problem) -> problem.contains("'temprature'") && problem.contains("is not known"))
			.anyMatch((problem) -> problem.contains("'temperature'") && problem.contains("(number)")
					&& problem.contains("(text)") && !problem.contains("warm"))
			.anyMatch((problem) -> problem.contains("'max-tokens'") && problem.contains("(whole number)"));
		assertThat(providers.of(wire).requestCount()).isZero();
	}

	@Test
	void aTargetAtAnUnknownProviderIsAProblem() {
		assertThat(providers.clients().problems(Target.of("opnai/gpt-5.4")))
			.containsExactly("There is no provider 'opnai', the providers configured are [anthropic, gemini, openai]");
	}

	private static JsonNode sent(Wire wire, Map<String, Object> options) {
		providers.client(wire, options).model().call(new Prompt("hi"));
		List<RecordedRequest> requests = providers.of(wire).requests();
		return requests.get(requests.size() - 1).json();
	}

	private static Target target(Wire wire, Map<String, Object> options) {
		return new Target(new ModelId(Providers.name(wire), "model-1"), null, options);
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

}
