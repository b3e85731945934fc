package dev.switchboard.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.anthropic.models.messages.ThinkingConfigParam;
import dev.switchboard.cost.ModelId;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

class TargetPromptsTests {

	private static final ModelId GPT = ModelId.parse("openai/gpt-5.4");

	private static final ModelId LLAMA = ModelId.parse("groq/llama-3.3-70b-versatile");

	private static final ModelId CLAUDE = ModelId.parse("anthropic/claude-opus-4.7");

	private static final ModelId GEMINI = ModelId.parse("google/gemini-3.1-pro");

	private static final ModelId MISTRAL = ModelId.parse("mistral/mistral-large");

	private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";

	private final StubModel gpt = new StubModel(OpenAiChatOptions.builder()
		.model("gpt-5.4")
		.apiKey("sk-target")
		.baseUrl("http://target/v1")
		.timeout(Duration.ofMinutes(9))
		.temperature(0.5)
		.stop(List.of("TARGET"))
		.build());

	private final StubModel llama = new StubModel(
			OpenAiChatOptions.builder().model("llama-3.3-70b-versatile").apiKey("gsk").build());

	private final StubModel claude = new StubModel(AnthropicChatOptions.builder()
		.model("claude-opus-4.7")
		.apiKey("sk-ant")
		.timeout(Duration.ofMinutes(9))
		.maxTokens(1000)
		.build());

	private final StubModel gemini = new StubModel(GoogleGenAiChatOptions.builder().model("gemini-3.1-pro").build());

	private final StubModel mistral = new StubModel(OpenAiChatOptions.builder().model("mistral-large").build());

	private final StubModel plain = new StubModel(ChatOptions.builder().model("house-model").build());

	@Test
	void whenNothingIsAskedThenTheTargetsOwnOptionsAndMessagesAreUsedAsTheyAre() {
		Prompt prompt = prompt(RouteChatOptions.builder().tag("team", "search").policy("fast").build());
		Prompt adapted = TargetPrompts.adapt(prompt, this.gpt, GPT);
		assertThat(adapted.getOptions()).isSameAs(this.gpt.getOptions());
		assertThat(adapted.getInstructions()).isSameAs(prompt.getInstructions());
		assertThat(TargetPrompts.adapt(new Prompt("hi"), this.gpt, GPT).getOptions()).isSameAs(this.gpt.getOptions());
	}

	@Test
	void portableOptionsReachEveryTargetAndStopSequencesAreAdded() {
		Prompt prompt = prompt(RouteChatOptions.builder()
			.combineWith(ChatOptions.builder()
				.temperature(0.1)
				.topP(0.9)
				.maxTokens(20)
				.stopSequences(List.of("TARGET", "CALLER")))
			.build());
		assertThat(openAi(TargetPrompts.adapt(prompt, this.llama, LLAMA))).satisfies((options) -> {
			assertThat(options.getTemperature()).isEqualTo(0.1);
			assertThat(options.getTopP()).isEqualTo(0.9);
			assertThat(options.getMaxTokens()).isEqualTo(20);
		});
		assertThat(openAi(TargetPrompts.adapt(prompt, this.gpt, GPT)).getStop()).containsExactly("TARGET", "CALLER");
		assertThat(anthropic(TargetPrompts.adapt(prompt, this.claude, CLAUDE)).getMaxTokens()).isEqualTo(20);
		assertThat(gemini(TargetPrompts.adapt(prompt, this.gemini, GEMINI)).getTemperature()).isEqualTo(0.1);
		assertThat(TargetPrompts.adapt(prompt, this.plain, ModelId.parse("house/house-model")).getOptions())
			.isInstanceOfSatisfying(ChatOptions.class, (options) -> assertThat(options.getTopP()).isEqualTo(0.9));
	}

	@Test
	void aProvidersOwnOptionsReachOnlyItsTargets() {
		Prompt prompt = prompt(RouteChatOptions.builder()
			.combineWith(OpenAiChatOptions.builder().seed(7).reasoningEffort("high").temperature(0.1))
			.combineWith(AnthropicChatOptions.builder().thinkingAdaptive())
			.build());
		assertThat(openAi(TargetPrompts.adapt(prompt, this.gpt, GPT))).satisfies((options) -> {
			assertThat(options.getSeed()).isEqualTo(7);
			assertThat(options.getReasoningEffort()).isEqualTo("high");
			assertThat(options.getTemperature()).isEqualTo(0.1);
		});
		assertThat(anthropic(TargetPrompts.adapt(prompt, this.claude, CLAUDE))).satisfies((options) -> {
			assertThat(options.getTemperature()).as("refused since Claude 4.7").isNull();
			assertThat(options.getThinking()).extracting(ThinkingConfigParam::isAdaptive).isEqualTo(true);
			assertThat(options.getMaxTokens()).isEqualTo(1000);
		});
	}

	@Test
	void theLaterOfTwoPortableValuesHoldsWhicheverBuilderItCameIn() {
		Prompt prompt = prompt(RouteChatOptions.builder()
			.combineWith(OpenAiChatOptions.builder().temperature(0.1).stop(List.of("A")))
			.combineWith(ChatOptions.builder().temperature(0.2).stopSequences(List.of("B")))
			.build());
		assertThat(openAi(TargetPrompts.adapt(prompt, this.gpt, GPT))).satisfies((options) -> {
			assertThat(options.getTemperature()).isEqualTo(0.2);
			assertThat(options.getStop()).containsExactly("TARGET", "A", "B");
		});
	}

	@Test
	void theCallerChangesNeitherModelNorConnection() {
		Prompt prompt = prompt(RouteChatOptions.builder()
			.model("evil")
			.combineWith(OpenAiChatOptions.builder()
				.model("evil")
				.deploymentName("evil")
				.baseUrl("http://evil/v1")
				.apiKey("sk-evil")
				.timeout(Duration.ofSeconds(1))
				.maxRetries(9)
				.extraBody(Map.of("model", "evil", "top_a", 1)))
			.combineWith(AnthropicChatOptions.builder()
				.model("evil")
				.baseUrl("http://evil")
				.apiKey("sk-evil")
				.timeout(Duration.ofSeconds(1)))
			.combineWith(GoogleGenAiChatOptions.builder().model("evil"))
			.build());
		assertThat(openAi(TargetPrompts.adapt(prompt, this.gpt, GPT))).satisfies((options) -> {
			assertThat(options.getModel()).isEqualTo("gpt-5.4");
			assertThat(options.getDeploymentName()).isNull();
			assertThat(options.getBaseUrl()).isEqualTo("http://target/v1");
			assertThat(options.getApiKey()).isEqualTo("sk-target");
			assertThat(options.getTimeout()).isEqualTo(Duration.ofMinutes(9));
			assertThat(options.getExtraBody()).containsOnlyKeys("top_a");
		});
		assertThat(anthropic(TargetPrompts.adapt(prompt, this.claude, CLAUDE))).satisfies((options) -> {
			assertThat(options.getModel()).isEqualTo("claude-opus-4.7");
			assertThat(options.getBaseUrl()).isNull();
			assertThat(options.getApiKey()).isEqualTo("sk-ant");
			assertThat(options.getTimeout()).isEqualTo(Duration.ofMinutes(9));
		});
		assertThat(gemini(TargetPrompts.adapt(prompt, this.gemini, GEMINI)).getModel()).isEqualTo("gemini-3.1-pro");
	}

	@Test
	void aModelHandedInIsAskedForTheTargetsModel() {
		ModelId other = ModelId.parse("house/other-model");
		assertThat(TargetPrompts.adapt(new Prompt("hi"), this.plain, other).getOptions().getModel())
			.isEqualTo("other-model");
	}

	@Test
	void optionsOfAnotherClassInADirectCallAreAdapted() {
		assertThat(openAi(TargetPrompts.adapt(
				new Prompt("hi", AnthropicChatOptions.builder().model("evil").temperature(0.3).build()), this.gpt,
				GPT)))
			.satisfies((options) -> {
				assertThat(options.getModel()).isEqualTo("gpt-5.4");
				assertThat(options.getTemperature()).isEqualTo(0.3);
			});
		assertThat(anthropic(
				TargetPrompts.adapt(new Prompt("hi", ChatOptions.builder().maxTokens(3).build()), this.claude, CLAUDE)))
			.satisfies((options) -> {
				assertThat(options.getModel()).isEqualTo("claude-opus-4.7");
				assertThat(options.getMaxTokens()).isEqualTo(3);
			});
	}

	@Test
	void openAiGetsOneOfItsTwoTokenLimits() {
		Prompt portable = prompt(RouteChatOptions.builder().maxTokens(20).build());
		assertThat(openAi(TargetPrompts.adapt(portable, this.gpt, GPT))).satisfies((options) -> {
			assertThat(options.getMaxCompletionTokens()).isEqualTo(20);
			assertThat(options.getMaxTokens()).isNull();
		});
		Prompt own = prompt(RouteChatOptions.builder()
			.maxTokens(20)
			.combineWith(OpenAiChatOptions.builder().maxCompletionTokens(30))
			.build());
		assertThat(openAi(TargetPrompts.adapt(own, this.llama, LLAMA))).satisfies((options) -> {
			assertThat(options.getMaxCompletionTokens()).isEqualTo(30);
			assertThat(options.getMaxTokens()).isNull();
		});
	}

	@Test
	void toolsAndTheirContextReachTheTarget() {
		Prompt prompt = prompt(RouteChatOptions.builder()
			.toolCallbacks(RouteChatOptionsTests.weather())
			.toolContext(Map.of("tenant", "acme"))
			.build());
		assertThat(openAi(TargetPrompts.adapt(prompt, this.gpt, GPT))).satisfies((options) -> {
			assertThat(options.getToolCallbacks()).hasSize(1);
			assertThat(options.getToolContext()).containsEntry("tenant", "acme");
		});
		assertThat(gemini(TargetPrompts.adapt(prompt, this.gemini, GEMINI)).getToolCallbacks()).hasSize(1);
	}

	@Test
	void anOutputSchemaIsPassedOnWhereOptionsCanCarryItAndToldInWordsWhereNot() {
		Prompt prompt = prompt(RouteChatOptions.builder().outputSchema(SCHEMA).build());
		for (StubModel model : List.of(this.gpt, this.gemini)) {
			ModelId target = (model == this.gpt) ? GPT : GEMINI;
			Prompt adapted = TargetPrompts.adapt(prompt, model, target);
			assertThat(adapted.getInstructions()).isSameAs(prompt.getInstructions());
		}
		assertThat(openAi(TargetPrompts.adapt(prompt, this.gpt, GPT)).getOutputSchema()).isEqualTo(SCHEMA);
		assertThat(anthropic(TargetPrompts.adapt(prompt, this.claude, CLAUDE)).getOutputSchema()).contains("city");
		Prompt told = TargetPrompts.adapt(prompt, this.plain, ModelId.parse("house/house-model"));
		assertThat(told.getUserMessage().getText()).startsWith("hi\n\n").contains("JSON Schema", SCHEMA);
		assertThat(prompt.getUserMessage().getText()).isEqualTo("hi");
		Prompt unable = TargetPrompts.adapt(prompt, this.llama, LLAMA, Wires.CATALOG);
		assertThat(unable.getUserMessage().getText()).contains(SCHEMA);
		assertThat(openAi(unable).getOutputSchema()).isNull();
	}

	@Test
	void aToolLoopOfTheSameProviderGoesOnUntouched() {
		Prompt prompt = loop("openai/gpt-5.4-mini", Map.of("reasoningContent", "hm"), "call_a", "call_b");
		assertThat(TargetPrompts.adapt(prompt, this.gpt, GPT).getInstructions()).isSameAs(prompt.getInstructions());
	}

	@Test
	void aToolLoopOfAnotherProviderGetsIdsThatAllAcceptAndLosesWhatWasOnlyForItsOwn() {
		Prompt prompt = loop("deepseek/deepseek-chat",
				Map.of("reasoningContent", "hm", "openai.tool_calls.additional_properties", Map.of("call_a", "{}")),
				"call_a", "call_b");
		for (StubModel model : List.of(this.gpt, this.claude, this.mistral)) {
			List<Message> messages = TargetPrompts
				.adapt(prompt, model, (model == this.gpt) ? GPT : (model == this.claude) ? CLAUDE : MISTRAL)
				.getInstructions();
			AssistantMessage asking = (AssistantMessage) messages.get(1);
			assertThat(asking.getToolCalls()).extracting(AssistantMessage.ToolCall::id)
				.allMatch((id) -> id.matches("[a-zA-Z0-9]{9}"))
				.doesNotHaveDuplicates();
			assertThat(((ToolResponseMessage) messages.get(2)).getResponses())
				.extracting(ToolResponseMessage.ToolResponse::id)
				.containsExactlyElementsOf(asking.getToolCalls().stream().map(AssistantMessage.ToolCall::id).toList());
			assertThat(asking.getMetadata()).doesNotContainKeys("reasoningContent",
					"openai.tool_calls.additional_properties");
		}
		assertThat(TargetPrompts.adapt(prompt, this.mistral, MISTRAL)).as("the same in every turn, for prompt caches")
			.isEqualTo(TargetPrompts.adapt(prompt, this.mistral, MISTRAL));
	}

	@Test
	void anUnsignedToolLoopIsChangedOnlyWhereTheTargetWouldRefuseIt() {
		Prompt prompt = loop(null, Map.of("reasoningContent", "hm"), "call_a", "call_b");
		assertThat(TargetPrompts.adapt(prompt, this.gpt, GPT).getInstructions()).isSameAs(prompt.getInstructions());
		assertThat(TargetPrompts.adapt(prompt, this.claude, CLAUDE).getInstructions())
			.isSameAs(prompt.getInstructions());
		assertThat(toolCallIds(TargetPrompts.adapt(prompt, this.mistral, MISTRAL)))
			.allMatch((id) -> id.matches("[a-zA-Z0-9]{9}"));
		Prompt dotted = loop(null, Map.of(), "functions.weather:0", "functions.weather:1");
		assertThat(TargetPrompts.adapt(dotted, this.gpt, GPT).getInstructions()).isSameAs(dotted.getInstructions());
		assertThat(toolCallIds(TargetPrompts.adapt(dotted, this.claude, CLAUDE)))
			.allMatch((id) -> id.matches("[a-zA-Z0-9_-]+"));
	}

	@Test
	void emptyIdsAreToldApartByNameAndOrder() {
		Prompt prompt = loop(null, Map.of(), "", "");
		List<Message> messages = TargetPrompts.adapt(prompt, this.gpt, GPT).getInstructions();
		AssistantMessage asking = (AssistantMessage) messages.get(1);
		assertThat(asking.getToolCalls()).extracting(AssistantMessage.ToolCall::id).doesNotHaveDuplicates();
		ToolResponseMessage results = (ToolResponseMessage) messages.get(2);
		assertThat(results.getResponses()).extracting(ToolResponseMessage.ToolResponse::id)
			.containsExactlyElementsOf(asking.getToolCalls().stream().map(AssistantMessage.ToolCall::id).toList());
		assertThat(results.getResponses()).extracting(ToolResponseMessage.ToolResponse::responseData)
			.containsExactly("result 0", "result 1");
	}

	@Test
	void resultsWithTheSameIdInAnotherOrderAreToldApartByName() {
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("", "function", "weather", "{}"),
					new AssistantMessage.ToolCall("", "function", "time", "{}")))
			.build();
		ToolResponseMessage results = ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse("", "time", "noon"),
					new ToolResponseMessage.ToolResponse("", "weather", "sunny")))
			.build();
		Prompt adapted = TargetPrompts.adapt(new Prompt(List.of(new UserMessage("hi"), asking, results)), this.gpt,
				GPT);
		List<String> ids = toolCallIds(adapted);
		assertThat(((ToolResponseMessage) adapted.getInstructions().get(2)).getResponses()).containsExactly(
				new ToolResponseMessage.ToolResponse(ids.get(1), "time", "noon"),
				new ToolResponseMessage.ToolResponse(ids.get(0), "weather", "sunny"));
	}

	@Test
	void aSchemaThatRefersToItselfIsToldInWordsWhereItsDefinitionsWouldBeLost() {
		String schema = "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/node\"}},\"$defs\":"
				+ "{\"node\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/node\"}}}}}";
		Prompt prompt = prompt(RouteChatOptions.builder().outputSchema(schema).build());
		assertThat(openAi(TargetPrompts.adapt(prompt, this.gpt, GPT)).getOutputSchema()).isEqualTo(schema);
		for (StubModel model : List.of(this.claude, this.gemini)) {
			Prompt adapted = TargetPrompts.adapt(prompt, model, (model == this.claude) ? CLAUDE : GEMINI);
			assertThat(((StructuredOutputChatOptions) adapted.getOptions()).getOutputSchema()).isNull();
			assertThat(adapted.getUserMessage().getText()).contains(schema);
		}
	}

	@Test
	void geminiGetsResultsWithTheirNamesAndAsJson() {
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.toolCalls(List.of(new AssistantMessage.ToolCall("call_a", "function", "weather", "{}")))
			.build();
		ToolResponseMessage results = ToolResponseMessage.builder()
			.responses(List.of(new ToolResponseMessage.ToolResponse("call_a", "", "plain \"text\"")))
			.build();
		Prompt adapted = TargetPrompts.adapt(new Prompt(List.of(new UserMessage("hi"), asking, results)), this.gemini,
				GEMINI);
		assertThat(((ToolResponseMessage) adapted.getInstructions().get(2)).getResponses())
			.containsExactly(new ToolResponseMessage.ToolResponse("call_a", "weather", "\"plain \\\"text\\\"\""));
	}

	@Test
	void geminiGetsOneSystemMessage() {
		Prompt prompt = new Prompt(List.of(new SystemMessage("one"), new UserMessage("hi"), new SystemMessage("two")));
		assertThat(TargetPrompts.adapt(prompt, this.gemini, GEMINI).getInstructions())
			.containsExactly(new SystemMessage("one\n\ntwo"), new UserMessage("hi"));
		assertThat(TargetPrompts.adapt(prompt, this.gpt, GPT).getInstructions()).isSameAs(prompt.getInstructions());
	}

	@Test
	void aPromptOfSystemMessagesAloneAsksWithTheLast() {
		Prompt prompt = new Prompt(List.of(new SystemMessage("one"), new SystemMessage("two")));
		assertThat(TargetPrompts.adapt(prompt, this.claude, CLAUDE).getInstructions())
			.containsExactly(new SystemMessage("one"), new UserMessage("two"));
		assertThat(TargetPrompts.adapt(new Prompt(new SystemMessage("one")), this.gemini, GEMINI).getInstructions())
			.containsExactly(new UserMessage("one"));
		assertThat(TargetPrompts.adapt(prompt, this.gpt, GPT).getInstructions()).isSameAs(prompt.getInstructions());
	}

	private static Prompt prompt(RouteChatOptions options) {
		return new Prompt(List.of(new SystemMessage("be kind"), new UserMessage("hi")), options);
	}

	private static Prompt loop(String signature, Map<String, Object> metadata, String... ids) {
		Map<String, Object> properties = new HashMap<>(metadata);
		if (signature != null) {
			properties.put(ToolLoop.TARGET, signature);
		}
		List<AssistantMessage.ToolCall> calls = new ArrayList<>();
		List<ToolResponseMessage.ToolResponse> results = new ArrayList<>();
		for (int i = 0; i < ids.length; i++) {
			calls.add(new AssistantMessage.ToolCall(ids[i], "function", "weather", "{\"name\":\"Rome\"}"));
			results.add(new ToolResponseMessage.ToolResponse(ids[i], "weather", "result " + i));
		}
		AssistantMessage asking = AssistantMessage.builder()
			.content("")
			.properties(properties)
			.toolCalls(calls)
			.build();
		return new Prompt(
				List.of(new UserMessage("hi"), asking, ToolResponseMessage.builder().responses(results).build()));
	}

	private static List<String> toolCallIds(Prompt prompt) {
		AssistantMessage asking = (AssistantMessage) prompt.getInstructions().get(1);
		return asking.getToolCalls().stream().map(AssistantMessage.ToolCall::id).toList();
	}

	private static OpenAiChatOptions openAi(Prompt prompt) {
		return (OpenAiChatOptions) prompt.getOptions();
	}

	private static AnthropicChatOptions anthropic(Prompt prompt) {
		return (AnthropicChatOptions) prompt.getOptions();
	}

	private static GoogleGenAiChatOptions gemini(Prompt prompt) {
		return (GoogleGenAiChatOptions) prompt.getOptions();
	}

}
