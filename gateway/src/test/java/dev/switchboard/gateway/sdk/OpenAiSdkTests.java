package dev.switchboard.gateway.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema.JsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.ToolResult;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenAI's own library, in front of targets of every wire.
 */
class OpenAiSdkTests {

	private static final FunctionDefinition WEATHER = FunctionDefinition.builder()
		.name(Weather.NAME)
		.description(Weather.DESCRIPTION)
		.parameters(JsonValue.from(Weather.SCHEMA).convert(FunctionParameters.class))
		.strict(true)
		.build();

	private static RunningGateway gateway;

	private static OpenAIClient client;

	@BeforeAll
	static void start() {
		gateway = TargetWire.start("switchboard.routes.vectors.targets=openai/text-embedding-3-small");
		client = OpenAIOkHttpClient.builder()
			.baseUrl(gateway.url() + "/v1")
			.apiKey(TargetWire.KEY)
			.maxRetries(0)
			.responseValidation(true)
			.timeout(Duration.ofSeconds(60))
			.build();
	}

	@AfterAll
	static void stop() {
		client.close();
		gateway.close();
	}

	@BeforeEach
	void reset() {
		gateway.reset();
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerComesWhole(TargetWire wire) {
		wire.provider(gateway).answers("Grüezi, 世界 😀");

		ChatCompletion completion = client.chat().completions().create(ask(wire).build());

		assertThat(completion.choices()).hasSize(1);
		assertThat(completion.choices().get(0).message().content()).hasValue("Grüezi, 世界 😀");
		assertThat(completion.choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(wire.model()).endsWith(completion.model());
		assertThat(gateway.onlyRecord().route().value()).isEqualTo(wire.route());
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerIsStreamed(TargetWire wire) {
		wire.provider(gateway).answers("Grüezi, 世界 😀 and some more words to be streamed.");

		List<ChatCompletionChunk> chunks = chunks(ask(wire).build());

		ChatCompletion completion = accumulate(chunks);
		assertThat(chunks).hasSizeGreaterThan(5);
		assertThat(completion.choices().get(0).message().content())
			.hasValue("Grüezi, 世界 😀 and some more words to be streamed.");
		assertThat(completion.choices().get(0).finishReason()).isEqualTo(FinishReason.STOP);
		assertThat(chunks).filteredOn((chunk) -> chunk.choices().get(0).finishReason().isPresent()).hasSize(1);
		assertThat(chunks).map(ChatCompletionChunk::id).containsOnly(completion.id());
	}

	@ParameterizedTest
	@EnumSource
	void twoToolsAreCalledAtOnceAndTheirResultsComeBack(TargetWire wire) {
		Conversation conversation = twoCities();
		wire.provider(gateway).answers(conversation);
		ChatCompletionCreateParams.Builder params = ask(wire).addFunctionTool(WEATHER);

		ChatCompletion first = client.chat().completions().create(params.build());
		ChatCompletion second = client.chat().completions().create(answerTools(params, first).build());

		assertToolsRanOnce(wire, conversation, first);
		assertThat(second.choices().get(0).message().content()).hasValue("Sunny in both.");
	}

	@ParameterizedTest
	@EnumSource
	void twoToolsAreCalledAtOnceInAStream(TargetWire wire) {
		Conversation conversation = twoCities();
		wire.provider(gateway).answers(conversation);
		ChatCompletionCreateParams.Builder params = ask(wire).addFunctionTool(WEATHER);

		ChatCompletion first = accumulate(chunks(params.build()));
		ChatCompletion second = accumulate(chunks(answerTools(params, first).build()));

		assertToolsRanOnce(wire, conversation, first);
		assertThat(second.choices().get(0).message().content()).hasValue("Sunny in both.");
	}

	private static Conversation twoCities() {
		return new Conversation(Answer.toolCalls(ToolCall.of(Weather.NAME, "{\"city\":\"Bern\"}"),
				ToolCall.of(Weather.NAME, "{\"city\":\"Kyiv\"}")), Answer.text("Sunny in both."));
	}

	private static ChatCompletionCreateParams.Builder answerTools(ChatCompletionCreateParams.Builder params,
			ChatCompletion completion) {
		ChatCompletionMessage message = completion.choices().get(0).message();
		params.addMessage(message);
		functionCalls(message).forEach((call) -> params.addMessage(ChatCompletionToolMessageParam.builder()
			.toolCallId(call.id())
			.content(call.function().arguments(Weather.class).tell())
			.build()));
		return params;
	}

	private static List<ChatCompletionMessageFunctionToolCall> functionCalls(ChatCompletionMessage message) {
		return message.toolCalls().orElseThrow().stream().map((call) -> call.asFunction()).toList();
	}

	private static void assertToolsRanOnce(TargetWire wire, Conversation conversation, ChatCompletion first) {
		assertThat(first.choices().get(0).finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
		List<ChatCompletionMessageFunctionToolCall> calls = functionCalls(first.choices().get(0).message());
		assertThat(calls).hasSize(2);
		assertThat(calls).extracting(ChatCompletionMessageFunctionToolCall::id).doesNotHaveDuplicates();
		ChatRequest asked = conversation.requests().get(0);
		assertThat(asked.tools()).hasSize(1);
		assertThat(asked.tools().get(0).schema().at("/properties/city/description").asString())
			.isEqualTo("Name of the city");
		List<ToolResult> results = conversation.requests().get(1).toolResults();
		assertThat(results).extracting(ToolResult::text).containsExactly("Bern is sunny", "Kyiv is sunny");
		assertThat(results).extracting(ToolResult::callId)
			.containsExactlyElementsOf(
					wire.callIds(calls.stream().map(ChatCompletionMessageFunctionToolCall::id).toList()));
	}

	@ParameterizedTest
	@EnumSource
	void aToolCanBeDemanded(TargetWire wire) {
		Conversation conversation = new Conversation();
		wire.provider(gateway).answers(conversation);

		ChatCompletion completion = client.chat()
			.completions()
			.create(ask(wire).addFunctionTool(WEATHER)
				.toolChoice(ChatCompletionToolChoiceOption.Auto.REQUIRED)
				.build());

		assertThat(conversation.request().toolChoice()).isEqualTo(ChatRequest.REQUIRED);
		assertThat(functionCalls(completion.choices().get(0).message())).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerMeetsASchema(TargetWire wire) {
		Conversation conversation = new Conversation();
		wire.provider(gateway).answers(conversation);

		ChatCompletion completion = client.chat()
			.completions()
			.create(ask(wire)
				.jsonSchemaResponseFormat(JsonSchema.builder()
					.name("recipe")
					.schema(JsonValue.from(Recipe.SCHEMA).convert(JsonSchema.Schema.class))
					.strict(true)
					.build())
				.build());

		Recipe recipe = JsonMapper.shared()
			.readValue(completion.choices().get(0).message().content().orElseThrow(), Recipe.class);

		assertThat(recipe.title).isNotEmpty();
		assertThat(recipe.ingredients).hasSize(1);
		assertThat(conversation.request().outputSchema().at("/properties/ingredients/items").toString())
			.contains("grams");
	}

	@ParameterizedTest
	@EnumSource
	void anImageArrivesByteForByte(TargetWire wire) {
		byte[] image = new byte[100_000];
		new Random(7).nextBytes(image);
		wire.provider(gateway).answers("A cat.");

		client.chat()
			.completions()
			.create(ChatCompletionCreateParams.builder()
				.model(wire.route())
				.addUserMessageOfArrayOfContentParts(List.of(
						ChatCompletionContentPart
							.ofText(ChatCompletionContentPartText.builder().text("What is it?").build()),
						ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
							.imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
								.url("data:image/png;base64," + Base64.getEncoder().encodeToString(image))
								.build())
							.build())))
				.build());

		assertThat(wire.image(wire.provider(gateway).requests().get(0).json())).isEqualTo(image);
	}

	@ParameterizedTest
	@EnumSource
	void instructionsInTheMiddleAreKept(TargetWire wire) {
		Conversation conversation = new Conversation(Answer.text("Zwei."));
		wire.provider(gateway).answers(conversation);

		client.chat()
			.completions()
			.create(ChatCompletionCreateParams.builder()
				.model(wire.route())
				.addSystemMessage("Be brief.")
				.addUserMessage("Count.")
				.addAssistantMessage("One.")
				.addDeveloperMessage("In German now.")
				.addUserMessage("Go on.")
				.addSystemMessage("Never stop.")
				.addUserMessage("Please.")
				.build());

		assertThat(conversation.said()).contains("Be brief.", "In German now.", "Never stop.")
			.containsSubsequence("Count.", "One.", "Go on.", "Please.");
	}

	@ParameterizedTest
	@EnumSource
	void aLimitOfTokensEndsTheAnswer(TargetWire wire) {
		Conversation conversation = new Conversation();
		wire.provider(gateway).answers(conversation);

		ChatCompletion completion = client.chat()
			.completions()
			.create(ask(wire).maxCompletionTokens(3).stopOfStrings(List.of("END", "HALT")).build());

		assertThat(completion.choices().get(0).finishReason()).isEqualTo(FinishReason.LENGTH);
		assertThat(conversation.request().maxTokens()).isEqualTo(3);
		assertThat(conversation.request().body().toString()).contains("[\"END\",\"HALT\"]");
	}

	@ParameterizedTest
	@EnumSource
	void aWithheldAnswerIsAnAnswer(TargetWire wire) {
		wire.provider(gateway).fails(Fault.contentFiltered());

		ChatCompletion completion = client.chat().completions().create(ask(wire).build());
		ChatCompletion streamed = accumulate(chunks(ask(wire).build()));

		assertThat(completion.choices().get(0).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
		assertThat(streamed.choices().get(0).finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
	}

	@ParameterizedTest
	@EnumSource
	void tokensAreCountedWholeAndStreamed(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("Counted.").withUsage(new Usage(1000, 50, 400, 0)));

		CompletionUsage whole = client.chat().completions().create(ask(wire).build()).usage().orElseThrow();
		List<ChatCompletionChunk> chunks = chunks(
				ask(wire).streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()).build());

		assertThat(whole.promptTokens()).isEqualTo(1000);
		assertThat(whole.completionTokens()).isEqualTo(50);
		assertThat(whole.totalTokens()).isEqualTo(1050);
		assertThat(whole.promptTokensDetails().orElseThrow().cachedTokens()).hasValue(400L);
		ChatCompletionChunk last = chunks.get(chunks.size() - 1);
		assertThat(last.choices()).isEmpty();
		assertThat(last.usage().orElseThrow().promptTokens()).isEqualTo(1000);
		assertThat(last.usage().orElseThrow().completionTokens()).isEqualTo(50);
		assertThat(last.usage().orElseThrow().promptTokensDetails().orElseThrow().cachedTokens()).hasValue(400L);
	}

	@ParameterizedTest
	@EnumSource
	void reasoningIsShownApart(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("42").withReasoning("Six times seven it is."));
		ChatCompletionCreateParams params = ask(wire).reasoningEffort(ReasoningEffort.LOW).build();

		ChatCompletion whole = client.chat().completions().create(params);
		StringBuilder streamed = new StringBuilder();
		chunks(params).forEach((chunk) -> streamed.append(chunk.choices()
			.get(0)
			.delta()
			._additionalProperties()
			.getOrDefault("reasoning_content", JsonValue.from(""))
			.asStringOrThrow()));

		ChatCompletionMessage message = whole.choices().get(0).message();
		assertThat(message.content()).hasValue("42");
		assertThat(message._additionalProperties().get("reasoning_content").asStringOrThrow())
			.isEqualTo("Six times seven it is.");
		assertThat(streamed).hasToString("Six times seven it is.");
		assertThat(wire.asksForThoughts(wire.provider(gateway).requests().get(0).json())).isTrue();
	}

	@Test
	void embeddingsAreTheSameInEveryEncoding() {
		EmbeddingCreateParams.Builder params = EmbeddingCreateParams.builder()
			.model("vectors")
			.inputOfArrayOfStrings(List.of("one", "two"));

		CreateEmbeddingResponse plain = client.embeddings().create(params.build());
		CreateEmbeddingResponse numbers = client.embeddings()
			.create(params.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT).build());

		assertThat(plain.data()).hasSize(2);
		assertThat(plain.data().get(1).embedding()).hasSize(16).isEqualTo(numbers.data().get(1).embedding());
		assertThat(plain.data().get(0).embedding()).isNotEqualTo(plain.data().get(1).embedding());
		assertThat(plain.usage().promptTokens()).isPositive();
		SimulatorAssertions.assertThat(gateway.provider("openai")).receivedModel("text-embedding-3-small");
	}

	@Test
	void theModelsAreTheRoutes() {
		List<Model> models = new ArrayList<>();
		client.models().list().autoPager().forEach(models::add);

		assertThat(models).extracting(Model::id).contains("openai", "anthropic", "gemini", "vectors");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openai", "vectors" })
	void oneModelIsFound(String name) {
		assertThat(client.models().retrieve(name).id()).isEqualTo(name);
	}

	private static ChatCompletionCreateParams.Builder ask(TargetWire wire) {
		return ChatCompletionCreateParams.builder().model(wire.route()).addUserMessage("Hi");
	}

	private static List<ChatCompletionChunk> chunks(ChatCompletionCreateParams params) {
		try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(params)) {
			return stream.stream().toList();
		}
	}

	private static ChatCompletion accumulate(List<ChatCompletionChunk> chunks) {
		ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
		chunks.forEach(accumulator::accumulate);
		return accumulator.chatCompletion();
	}

}
