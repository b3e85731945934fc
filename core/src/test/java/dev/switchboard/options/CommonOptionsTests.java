package dev.switchboard.options;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.switchboard.cost.ModelId;
import dev.switchboard.simulator.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.google.genai.common.GoogleGenAiThinkingLevel;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** What each provider is asked for, as it arrives there. */
class CommonOptionsTests {

	private static final Wires wires = new Wires();

	@AfterAll
	static void close() {
		wires.close();
	}

	@Test
	void openAiIsAskedInItsOwnWords() {
		JsonNode request = asked("openai/gpt-5.4",
				(options) -> tools(options).toolChoice(ToolChoice.function("weather"))
					.parallelToolCalls(false)
					.reasoningEffort("xhigh")
					.seed(7));
		assertThat(request.path("tool_choice")).isEqualTo(json("""
				{"type": "function", "function": {"name": "weather"}}"""));
		assertThat(request.path("parallel_tool_calls").asBoolean(true)).isFalse();
		assertThat(request.path("reasoning_effort").asString()).isEqualTo("xhigh");
		assertThat(request.path("seed").asInt()).isEqualTo(7);
	}

	@ParameterizedTest
	@CsvSource({ "AUTO, auto", "NONE, none", "REQUIRED, required" })
	void openAiKnowsEveryToolChoice(String kind, String word) {
		JsonNode request = asked("openai/gpt-5.4", (options) -> tools(options).toolChoice(choice(kind)));
		assertThat(request.path("tool_choice").asString()).isEqualTo(word);
	}

	@Test
	void whereThereAreNoToolsNoneAreChosen() {
		JsonNode request = asked("openai/gpt-5.4",
				(options) -> options.toolChoice(ToolChoice.AUTO).parallelToolCalls(true));
		assertThat(request.has("tool_choice")).isFalse();
		assertThat(request.has("parallel_tool_calls")).isFalse();
		JsonNode routed = asked("openai/gpt-5.4", Map.of("parallel-tool-calls", false, "tool-choice", "auto"),
				(options) -> {
				});
		assertThat(routed.has("tool_choice")).isFalse();
		assertThat(routed.has("parallel_tool_calls")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			openai/gpt-5.4                 | minimal | {"reasoning_effort": "low"}
			openai/gpt-5.4                 | max     | {"reasoning_effort": "xhigh"}
			openai/gpt-5.6                 | max     | {"reasoning_effort": "max"}
			openai/gpt-5-mini              | none    | {"reasoning_effort": "minimal"}
			openai/gpt-5.1                 | xhigh   | {"reasoning_effort": "high"}
			openai/o3                      | none    | {"reasoning_effort": "low"}
			openai/gpt-4o                  | high    | {}
			openai/ft:gpt-4.1:acme::1      | high    | {}
			openai/gpt-9-new               | Strange | {"reasoning_effort": "strange"}
			deepseek/deepseek-v4-pro       | medium  | {"reasoning_effort": "high", "thinking": {"type": "enabled"}}
			deepseek/deepseek-v4-pro       | none    | {"thinking": {"type": "disabled"}}
			qwen/qwen3.7-plus              | low     | {"enable_thinking": true, "thinking_budget": 1024}
			qwen/qwen3.7-plus              | high    | {"enable_thinking": true}
			qwen/qwen3.7-plus              | none    | {"enable_thinking": false}
			qwen/qwen3-max                 | high    | {}
			zhipu/glm-4.6                  | high    | {"thinking": {"type": "enabled"}}
			zhipu/glm-5.2                  | xhigh   | {"thinking": {"type": "enabled"}, "reasoning_effort": "xhigh"}
			zhipu/glm-5.3                  | none    | {"reasoning_effort": "low"}
			moonshot/kimi-k2.6             | none    | {"thinking": {"type": "disabled"}}
			moonshot/kimi-k2.7-code        | none    | {}
			moonshot/kimi-k3               | medium  | {"reasoning_effort": "high"}
			doubao/doubao-seed-2-0-pro     | low     | {"thinking": {"type": "enabled"}, "reasoning_effort": "low"}
			xai/grok-4.3                   | none    | {"reasoning_effort": "none"}
			xai/grok-4.5                   | none    | {"reasoning_effort": "low"}
			xai/grok-4.20                  | high    | {}
			groq/openai/gpt-oss-120b       | xhigh   | {"reasoning_effort": "high"}
			groq/qwen/qwen3-32b            | high    | {"reasoning_effort": "default"}
			groq/llama-3.3-70b-versatile   | high    | {}
			together/openai/gpt-oss-120b   | low     | {"reasoning_effort": "low"}
			together/zai-org/GLM-5.1       | high    | {"reasoning": {"enabled": true}}
			openrouter/openai/gpt-5.4      | max     | {"reasoning": {"effort": "xhigh"}}
			mistral/mistral-small-latest   | low     | {"reasoning_effort": "high"}
			mistral/magistral-medium-latest| low     | {}
			fireworks/accounts/fireworks/models/glm-5p2 | xhigh | {"reasoning_effort": "high"}
			ollama/llama3.3                | high    | {}
			company/gpt-4o                 | high    | {}
			company/house-model            | high    | {"reasoning_effort": "high"}""")
	void howLongToThinkIsSaidInTheProvidersWords(String target, String effort, String expected) {
		JsonNode request = asked(target, (options) -> options.reasoningEffort(effort));
		ObjectNode said = JsonMapper.shared().createObjectNode();
		for (String field : List.of("reasoning_effort", "thinking", "enable_thinking", "thinking_budget",
				"reasoning")) {
			if (request.has(field)) {
				said.set(field, request.get(field));
			}
		}
		assertThat(said).isEqualTo(json(expected));
	}

	@Test
	void whereThinkingAndAForcedToolExcludeEachOtherTheToolIsForced() {
		Consumer<RouteChatOptions.Builder> forced = (options) -> tools(options).reasoningEffort("high")
			.toolChoice(ToolChoice.function("weather"));
		JsonNode deepseek = asked("deepseek/deepseek-v4-pro", forced);
		assertThat(deepseek.at("/thinking/type").asString()).isEqualTo("disabled");
		assertThat(deepseek.has("reasoning_effort")).isFalse();
		assertThat(deepseek.at("/tool_choice/function/name").asString()).isEqualTo("weather");
		JsonNode qwen = asked("qwen/qwen3.7-plus", forced);
		assertThat(qwen.path("enable_thinking").asBoolean(true)).isFalse();
		assertThat(qwen.at("/tool_choice/function/name").asString()).isEqualTo("weather");
	}

	@Test
	void whereNoToolCanBeForcedTheModelIsToldTo() {
		JsonNode glm = asked("zhipu/glm-4.6", (options) -> tools(options).toolChoice(ToolChoice.function("weather")));
		assertThat(glm.has("tool_choice")).isFalse();
		assertThat(lastWords(glm)).isEqualTo("hi\n\nAnswer by calling the tool 'weather'.");
		JsonNode kimi = asked("moonshot/kimi-k2.6", (options) -> tools(options).toolChoice(ToolChoice.REQUIRED));
		assertThat(kimi.path("tool_choice").asString()).isEqualTo("auto");
		assertThat(lastWords(kimi)).endsWith("at least one of the tools.");
		JsonNode qwen = asked("qwen/qwen3.7-plus",
				(options) -> tools(options).reasoningEffort("high").toolChoice(ToolChoice.REQUIRED));
		assertThat(qwen.path("tool_choice").asString()).isEqualTo("auto");
		assertThat(qwen.path("enable_thinking").asBoolean()).isTrue();
		assertThat(lastWords(qwen)).endsWith("at least one of the tools.");
		JsonNode none = asked("zhipu/glm-4.6", (options) -> tools(options).toolChoice(ToolChoice.NONE));
		assertThat(none.has("tools")).isFalse();
	}

	@Test
	void mistralHasItsOwnWordForTheSeed() {
		JsonNode request = asked("mistral/mistral-large-latest", (options) -> options.seed(7));
		assertThat(request.path("random_seed").asInt()).isEqualTo(7);
		assertThat(request.has("seed")).isFalse();
	}

	@Test
	void aJsonObjectIsAskedForOnEveryWire() {
		Consumer<RouteChatOptions.Builder> json = (options) -> options.jsonObject(true);
		JsonNode gpt = asked("openai/gpt-5.4", json);
		assertThat(gpt.at("/response_format/type").asString()).isEqualTo("json_object");
		assertThat(lastWords(gpt)).as("without the word OpenAI refuses it").contains("JSON");
		JsonNode claude = asked("anthropic/claude-opus-4.7", json);
		assertThat(lastWords(claude)).startsWith("hi\n\n").contains("JSON object");
		JsonNode gemini = asked("google/gemini-3.1-pro", json);
		assertThat(gemini.at("/generationConfig/responseMimeType").asString()).isEqualTo("application/json");
		assertThat(gemini.at("/contents/0/parts/0/text").asString()).isEqualTo("hi");
		JsonNode older = asked("google/gemini-2.5-flash", (options) -> tools(options).jsonObject(true));
		assertThat(older.at("/generationConfig/responseMimeType").isMissingNode()).isTrue();
		assertThat(older.at("/contents/0/parts/0/text").asString()).contains("JSON object");
		JsonNode qwen = asked("qwen/qwen3.7-plus", (options) -> options.jsonObject(true).reasoningEffort("high"));
		assertThat(qwen.path("enable_thinking").asBoolean(true)).isFalse();
	}

	@Test
	void whereTheMessagesSpeakOfJsonNothingIsAddedToThem() {
		ChatModel model = wires.model(Wires.GPT, Map.of());
		ask(model, Wires.GPT,
				new Prompt("Which town? Reply in json.", RouteChatOptions.builder().jsonObject(true).build()));
		assertThat(lastWords(last(Wires.GPT))).isEqualTo("Which town? Reply in json.");
	}

	@Test
	void aSchemaSaysMoreThanThatItBeJson() {
		JsonNode request = asked("openai/gpt-5.4",
				(options) -> options.jsonObject(true).outputSchema("{\"type\":\"object\"}"));
		assertThat(request.at("/response_format/type").asString()).isEqualTo("json_schema");
		assertThat(lastWords(request)).isEqualTo("hi");
	}

	@Test
	void whereTheCatalogKnowsThatASchemaIsNotEnforcedItIsTold() {
		JsonNode request = asked("deepseek/deepseek-v4-pro",
				(options) -> options.outputSchema("{\"type\":\"object\"}"));
		assertThat(request.has("response_format")).isFalse();
		assertThat(lastWords(request)).contains("{\"type\":\"object\"}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			AUTO     | {"type": "auto", "disable_parallel_tool_use": true}
			NONE     | {"type": "none"}
			REQUIRED | {"type": "any", "disable_parallel_tool_use": true}
			FUNCTION | {"type": "tool", "name": "weather", "disable_parallel_tool_use": true}""")
	void anthropicKnowsEveryToolChoice(String kind, String expected) {
		JsonNode request = asked("anthropic/claude-sonnet-4.6",
				(options) -> tools(options).toolChoice(choice(kind)).parallelToolCalls(false).seed(7));
		assertThat(request.path("tool_choice")).isEqualTo(json(expected));
		assertThat(request.has("seed")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			claude-opus-4.7     | xhigh   | adaptive | xhigh | 0
			claude-opus-4-6     | xhigh   | adaptive | high  | 0
			claude-sonnet-4.6   | minimal | adaptive | low   | 0
			claude-opus-4-7     | none    |          |       | 0
			claude-opus-5       | none    | disabled |       | 0
			claude-opus-5.5     | none    |          | low   | 0
			claude-fable-5      | none    |          | low   | 0
			claude-sonnet-4.5   | minimal | enabled  |       | 1024
			claude-sonnet-4.5   | medium  | enabled  |       | 8192
			claude-opus-4-1     | max     | enabled  |       | 16000
			claude-haiku-4-5    | none    | disabled |       | 0
			claude-3-5-sonnet-20241022 | high |     |       | 0""")
	void anthropicIsToldHowLongToThinkAsTheModelsVersionHasIt(String model, String effort, @Nullable String thinking,
			@Nullable String told, int budget) {
		JsonNode request = asked("anthropic/" + model, (options) -> options.reasoningEffort(effort));
		assertThat(request.at("/thinking/type").asString("")).isEqualTo((thinking != null) ? thinking : "");
		assertThat(request.at("/output_config/effort").asString("")).isEqualTo((told != null) ? told : "");
		assertThat(request.at("/thinking/budget_tokens").asInt(0)).isEqualTo(budget);
	}

	@Test
	void ofALimitedAnswerHalfIsKeptForWhatIsSaid() {
		JsonNode half = asked("anthropic/claude-sonnet-4.5",
				(options) -> options.reasoningEffort("high").maxTokens(6000));
		assertThat(half.at("/thinking/budget_tokens").asInt()).isEqualTo(3000);
		assertThat(half.path("max_tokens").asInt()).isEqualTo(6000);
		JsonNode small = asked("anthropic/claude-sonnet-4.5",
				(options) -> options.reasoningEffort("high").maxTokens(2000));
		assertThat(small.at("/thinking/type").asString()).isEqualTo("disabled");
		JsonNode routed = asked("anthropic/claude-sonnet-4.5", Map.of("thinking-enabled", 3000),
				(options) -> options.maxTokens(2500));
		assertThat(routed.at("/thinking/budget_tokens").asInt()).isEqualTo(1250);
	}

	@Test
	void whatAnthropicRefusesBesideThinkingIsLeftOut() {
		Consumer<RouteChatOptions.Builder> sampled = (options) -> options.temperature(0.2).topP(0.9).topK(3);
		JsonNode thinking = asked("anthropic/claude-sonnet-4.5",
				(options) -> sampled.accept(options.reasoningEffort("low")));
		assertThat(thinking.has("temperature") || thinking.has("top_k") || thinking.has("top_p")).isFalse();
		JsonNode thoughtless = asked("anthropic/claude-sonnet-4.5", sampled);
		assertThat(thoughtless.path("temperature").asDouble()).isEqualTo(0.2);
		assertThat(thoughtless.path("top_k").asInt()).isEqualTo(3);
		assertThat(thoughtless.has("top_p")).as("only one of both is taken").isFalse();
		JsonNode newer = asked("anthropic/claude-opus-4.7", sampled);
		assertThat(newer.has("temperature") || newer.has("top_k") || newer.has("top_p")).isFalse();
		JsonNode routed = asked("anthropic/claude-opus-4.7", Map.of("temperature", 0.3), (options) -> {
		});
		assertThat(routed.has("temperature")).isFalse();
	}

	@Test
	void aForcedToolLeavesThinkingOffWhereItCanBe() {
		Consumer<RouteChatOptions.Builder> forced = (options) -> tools(options).reasoningEffort("max")
			.toolChoice(ToolChoice.REQUIRED);
		JsonNode budget = asked("anthropic/claude-sonnet-4.5", forced);
		assertThat(budget.at("/thinking/type").asString()).isEqualTo("disabled");
		assertThat(budget.at("/tool_choice/type").asString()).isEqualTo("any");
		JsonNode adaptive = asked("anthropic/claude-opus-4.7", forced);
		assertThat(adaptive.has("thinking")).isFalse();
		assertThat(adaptive.at("/tool_choice/type").asString()).isEqualTo("any");
		JsonNode unasked = asked("anthropic/claude-opus-5", forced);
		assertThat(unasked.at("/thinking/type").asString()).isEqualTo("disabled");
		assertThat(unasked.at("/output_config/effort").asString()).isEqualTo("high");
		JsonNode always = asked("anthropic/claude-opus-5.5", forced);
		assertThat(always.at("/thinking/type").asString()).isEqualTo("adaptive");
		assertThat(always.at("/tool_choice/type").asString()).isEqualTo("auto");
		assertThat(lastWords(always)).endsWith("Answer by calling at least one of the tools.");
	}

	@ParameterizedTest
	@CsvSource({ "anthropic/claude-opus-4.7, 128000", "anthropic/claude-haiku-4-5, 64000",
			"anthropic/claude-opus-9, 32000", "anthropic/house-model, 8192" })
	void anAnswerThatNobodyLimitedMayBeAsLongAsTheModelCan(String target, int limit) {
		JsonNode request = asked(target, (options) -> {
		});
		assertThat(request.path("max_tokens").asInt()).isEqualTo(limit);
		JsonNode routed = asked(target, Map.of("max-tokens", 4096), (options) -> {
		});
		assertThat(routed.path("max_tokens").asInt()).isEqualTo(4096);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			AUTO     | {"mode": "AUTO"}
			NONE     | {"mode": "NONE"}
			REQUIRED | {"mode": "ANY"}
			FUNCTION | {"mode": "ANY", "allowedFunctionNames": ["weather"]}""")
	void geminiKnowsEveryToolChoice(String kind, String expected) {
		JsonNode request = asked("google/gemini-3.1-pro",
				(options) -> tools(options).toolChoice(choice(kind)).seed(7).temperature(0.2).parallelToolCalls(false));
		assertThat(request.at("/toolConfig/functionCallingConfig")).isEqualTo(json(expected));
		assertThat(request.at("/generationConfig/seed").asInt()).isEqualTo(7);
		assertThat(request.at("/generationConfig/temperature").asDouble()).isEqualTo(0.2);
		assertThat(request.at("/contents/0/parts/0/text").asString()).endsWith("Call one tool at a time.");
	}

	@Test
	void whatGeminiIsAskedForBesideItsOptionsBelongsToOneRequestOnly() {
		ChatModel model = wires.model(Wires.GEMINI, Map.of());
		for (boolean stream : new boolean[] { true, false }) {
			wires.provider(Wires.GEMINI).reset();
			Prompt seeded = TargetPrompts.adapt(new Prompt("hi", RouteChatOptions.builder().seed(7).build()), model,
					Wires.GEMINI);
			Prompt plain = new Prompt("hi");
			for (Prompt prompt : List.of(seeded, plain)) {
				assertThat(stream ? model.stream(prompt).blockLast() : model.call(prompt)).isNotNull();
			}
			assertThat(wires.provider(Wires.GEMINI).requests()).extracting(RecordedRequest::json)
				.extracting((request) -> request.at("/generationConfig/seed").asInt(0))
				.containsExactly(7, 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "gemini-3.1-pro, medium, HIGH", "gemini-3.1-pro, none, LOW", "gemini-3-flash-preview, none, MINIMAL",
			"gemini-3.8-flash, minimal, LOW", "gemini-3.8-flash, xhigh, HIGH", "gemini-2.5-flash, none, 0",
			"gemini-2.5-flash, medium, 8192", "gemini-2.5-pro, none, 128", "gemini-2.5-pro, max, 24576",
			"gemini-2.0-flash, high, ''" })
	void geminiIsToldHowLongToThinkAsTheModelsVersionHasIt(String model, String effort, String expected) {
		JsonNode config = asked("google/" + model, (options) -> options.reasoningEffort(effort))
			.at("/generationConfig/thinkingConfig");
		assertThat(config.path("thinkingLevel").asString("") + config.path("thinkingBudget").asString(""))
			.isEqualTo(expected);
		assertThat(config.path("includeThoughts").asBoolean(false)).as("thoughts are shown")
			.isEqualTo(!effort.equals("none") && !expected.isEmpty());
	}

	@Test
	void theCallersOwnOptionsGoBeforeWhatAnyProviderIsAskedFor() {
		JsonNode gpt = asked("openai/gpt-5.4", Map.of("seed", 1, "reasoning-effort", "low"),
				(options) -> options.seed(2)
					.reasoningEffort("medium")
					.combineWith(OpenAiChatOptions.builder().reasoningEffort("high")));
		assertThat(gpt.path("seed").asInt()).as("goes before the target's own").isEqualTo(2);
		assertThat(gpt.path("reasoning_effort").asString()).isEqualTo("high");
		JsonNode claude = asked("anthropic/claude-sonnet-4.5", (options) -> options.reasoningEffort("high")
			.combineWith(AnthropicChatOptions.builder().thinkingDisabled()));
		assertThat(claude.at("/thinking/type").asString()).isEqualTo("disabled");
		JsonNode gemini = asked("google/gemini-3.8-flash", (options) -> options.reasoningEffort("high")
			.combineWith(GoogleGenAiChatOptions.builder().thinkingLevel(GoogleGenAiThinkingLevel.LOW)));
		assertThat(gemini.at("/generationConfig/thinkingConfig/thinkingLevel").asString()).isEqualTo("LOW");
		JsonNode qwen = asked("qwen/qwen3.7-plus", (options) -> options.reasoningEffort("low")
			.combineWith(OpenAiChatOptions.builder().extraBody(Map.of("thinking_budget", 5))));
		assertThat(qwen.path("thinking_budget").asInt()).isEqualTo(5);
	}

	@Test
	void geminiIsNeverGivenTwoMeasuresOfThinking() {
		JsonNode budget = asked("google/gemini-3.8-flash", (options) -> options.reasoningEffort("high")
			.combineWith(GoogleGenAiChatOptions.builder().thinkingBudget(77)));
		assertThat(budget.at("/generationConfig/thinkingConfig"))
			.isEqualTo(json("{\"thinkingBudget\": 77, \"includeThoughts\": true}"));
		JsonNode level = asked("google/gemini-3.8-flash", Map.of("thinking-budget", 77),
				(options) -> options.reasoningEffort("high"));
		assertThat(level.at("/generationConfig/thinkingConfig"))
			.isEqualTo(json("{\"thinkingLevel\": \"HIGH\", \"includeThoughts\": true}"));
	}

	@Test
	void aModelOfUnknownClassIsToldInWords() {
		StubModel plain = new StubModel(ChatOptions.builder().model("house-model").build());
		RouteChatOptions.Builder options = tools(RouteChatOptions.builder()).toolChoice(ToolChoice.function("weather"))
			.parallelToolCalls(false)
			.jsonObject(true)
			.seed(7)
			.reasoningEffort("high");
		Prompt adapted = TargetPrompts.adapt(new Prompt("hi", options.build()), plain,
				ModelId.parse("house/house-model"));
		assertThat(adapted.getUserMessage().getText()).startsWith("hi\n\n")
			.contains("JSON object", "'weather'", "one tool at a time");
	}

	private JsonNode asked(String target, Consumer<RouteChatOptions.Builder> options) {
		return asked(target, Map.of(), options);
	}

	private JsonNode asked(String target, Map<String, Object> own, Consumer<RouteChatOptions.Builder> options) {
		ModelId id = ModelId.parse(target);
		RouteChatOptions.Builder asked = RouteChatOptions.builder();
		options.accept(asked);
		ask(wires.model(id, own), id, new Prompt("hi", asked.build()));
		return last(id);
	}

	private static void ask(ChatModel model, ModelId target, Prompt prompt) {
		model.call(TargetPrompts.adapt(prompt, model, target, Wires.CATALOG));
	}

	private JsonNode last(ModelId target) {
		List<RecordedRequest> requests = wires.provider(target).requests();
		return requests.get(requests.size() - 1).json();
	}

	private static RouteChatOptions.Builder tools(RouteChatOptions.Builder options) {
		return options.toolCallbacks(List.of(RouteChatOptionsTests.weather()));
	}

	private static ToolChoice choice(String kind) {
		return kind.equals("FUNCTION") ? ToolChoice.function("weather")
				: new ToolChoice(ToolChoice.Kind.valueOf(kind), null);
	}

	private static String lastWords(JsonNode request) {
		Stream<JsonNode> messages = StreamSupport.stream(request.path("messages").spliterator(), false);
		JsonNode content = messages.reduce((first, second) -> second).orElseThrow().path("content");
		return content.isString() ? content.asString() : content.at("/0/text").asString();
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

}
