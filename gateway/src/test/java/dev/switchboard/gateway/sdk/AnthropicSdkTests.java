package dev.switchboard.gateway.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelListParams;
import dev.switchboard.gateway.RunningGateway;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ChatRequest;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.ToolResult;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Anthropic's own library, in front of targets of every wire.
 */
class AnthropicSdkTests {

	private static final Tool WEATHER = Tool.builder()
		.name(Weather.NAME)
		.description(Weather.DESCRIPTION)
		.inputSchema(Tool.InputSchema.builder()
			.properties(JsonValue.from(Weather.PROPERTIES).convert(Tool.InputSchema.Properties.class))
			.addRequired("city")
			.build())
		.build();

	private static RunningGateway gateway;

	private static AnthropicClient client;

	@BeforeAll
	static void start() {
		gateway = TargetWire.start();
		client = AnthropicOkHttpClient.builder()
			.baseUrl(gateway.url() + "/anthropic")
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

		Message message = client.messages().create(ask(wire).build());

		assertThat(text(message)).isEqualTo("Grüezi, 世界 😀");
		assertThat(message.stopReason()).hasValue(StopReason.END_TURN);
		assertThat(wire.model()).endsWith(message.model().asString());
		assertThat(gateway.onlyRecord().route().value()).isEqualTo(wire.route());
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerIsStreamed(TargetWire wire) {
		wire.provider(gateway).answers("Grüezi, 世界 😀 and some more words to be streamed.");

		List<RawMessageStreamEvent> events = events(ask(wire).build());

		Message message = accumulate(events);
		assertThat(text(message)).isEqualTo("Grüezi, 世界 😀 and some more words to be streamed.");
		assertThat(message.stopReason()).hasValue(StopReason.END_TURN);
		assertThat(events).filteredOn(RawMessageStreamEvent::isContentBlockDelta).hasSizeGreaterThan(3);
		assertThat(events).last().matches(RawMessageStreamEvent::isMessageStop);
	}

	@ParameterizedTest
	@EnumSource
	void twoToolsAreCalledAtOnceAndTheirResultsComeBack(TargetWire wire) {
		Conversation conversation = twoCities();
		wire.provider(gateway).answers(conversation);
		MessageCreateParams.Builder params = ask(wire).addTool(WEATHER);

		Message first = client.messages().create(params.build());
		Message second = client.messages().create(answerTools(params, first).build());

		assertToolsRanOnce(wire, conversation, first);
		assertThat(text(second)).isEqualTo("Sunny in both.");
	}

	@ParameterizedTest
	@EnumSource
	void twoToolsAreCalledAtOnceInAStream(TargetWire wire) {
		Conversation conversation = twoCities();
		wire.provider(gateway).answers(conversation);
		MessageCreateParams.Builder params = ask(wire).addTool(WEATHER);

		Message first = accumulate(events(params.build()));
		Message second = accumulate(events(answerTools(params, first).build()));

		assertToolsRanOnce(wire, conversation, first);
		assertThat(text(second)).isEqualTo("Sunny in both.");
	}

	private static Conversation twoCities() {
		return new Conversation(Answer.toolCalls(ToolCall.of(Weather.NAME, "{\"city\":\"Bern\"}"),
				ToolCall.of(Weather.NAME, "{\"city\":\"Kyiv\"}")), Answer.text("Sunny in both."));
	}

	private static MessageCreateParams.Builder answerTools(MessageCreateParams.Builder params, Message message) {
		params.addMessage(message);
		List<ContentBlockParam> results = toolUses(message).stream()
			.map((use) -> ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
				.toolUseId(use.id())
				.content(use._input().convert(Weather.class).tell())
				.build()))
			.toList();
		return params.addUserMessageOfBlockParams(results);
	}

	private static List<ToolUseBlock> toolUses(Message message) {
		return message.content().stream().flatMap((block) -> block.toolUse().stream()).toList();
	}

	private static void assertToolsRanOnce(TargetWire wire, Conversation conversation, Message first) {
		assertThat(first.stopReason()).hasValue(StopReason.TOOL_USE);
		List<ToolUseBlock> uses = toolUses(first);
		assertThat(uses).hasSize(2);
		assertThat(uses).extracting(ToolUseBlock::id).doesNotHaveDuplicates();
		assertThat(conversation.requests().get(0).tools().get(0).schema().at("/properties/city/description").asString())
			.isEqualTo("Name of the city");
		assertThat(conversation.requests()).hasSize(2);
		List<ToolResult> results = conversation.requests().get(1).toolResults();
		assertThat(results).extracting(ToolResult::text).containsExactly("Bern is sunny", "Kyiv is sunny");
		assertThat(results).extracting(ToolResult::callId)
			.containsExactlyElementsOf(wire.callIds(uses.stream().map(ToolUseBlock::id).toList()));
	}

	@ParameterizedTest
	@EnumSource
	void aToolCanBeDemanded(TargetWire wire) {
		Conversation conversation = new Conversation();
		wire.provider(gateway).answers(conversation);

		Message message = client.messages()
			.create(ask(wire).addTool(WEATHER).toolChoice(ToolChoiceAny.builder().build()).build());

		assertThat(conversation.request().toolChoice()).isEqualTo(ChatRequest.REQUIRED);
		assertThat(toolUses(message)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerMeetsASchema(TargetWire wire) {
		Conversation conversation = new Conversation();
		wire.provider(gateway).answers(conversation);

		Message message = client.messages()
			.create(ask(wire)
				.outputConfig(OutputConfig.builder()
					.format(JsonOutputFormat.builder()
						.schema(JsonValue.from(Recipe.SCHEMA).convert(JsonOutputFormat.Schema.class))
						.build())
					.build())
				.build());

		Recipe recipe = JsonMapper.shared().readValue(text(message), Recipe.class);
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

		client.messages()
			.create(MessageCreateParams.builder()
				.model(wire.route())
				.maxTokens(100)
				.addUserMessageOfBlockParams(
						List.of(ContentBlockParam.ofText(TextBlockParam.builder().text("What is it?").build()),
								ContentBlockParam.ofImage(ImageBlockParam.builder()
									.source(Base64ImageSource.builder()
										.mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
										.data(Base64.getEncoder().encodeToString(image))
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

		client.messages()
			.create(MessageCreateParams.builder()
				.model(wire.route())
				.maxTokens(100)
				.systemOfTextBlockParams(List.of(TextBlockParam.builder().text("Be brief.").build(),
						TextBlockParam.builder().text("Be kind.").build()))
				.addUserMessage("Count.")
				.addAssistantMessage("One.")
				.addUserMessage("Go on.")
				.addSystemMessage("In German now.")
				.addAssistantMessage("Two.")
				.addUserMessage("Please.")
				.build());

		assertThat(conversation.said()).contains("Be brief.", "Be kind.", "In German now.")
			.containsSubsequence("Count.", "One.", "Go on.", "Two.", "Please.");
	}

	@ParameterizedTest
	@EnumSource
	void aLimitOfTokensEndsTheAnswer(TargetWire wire) {
		Conversation conversation = new Conversation();
		wire.provider(gateway).answers(conversation);

		Message message = client.messages()
			.create(ask(wire).maxTokens(3).stopSequences(List.of("END", "HALT")).build());

		assertThat(message.stopReason()).hasValue(StopReason.MAX_TOKENS);
		assertThat(conversation.request().maxTokens()).isEqualTo(3);
		assertThat(conversation.request().body().toString()).contains("[\"END\",\"HALT\"]");
	}

	@ParameterizedTest
	@EnumSource
	void aWithheldAnswerIsAnAnswer(TargetWire wire) {
		wire.provider(gateway).fails(Fault.contentFiltered());

		Message message = client.messages().create(ask(wire).build());
		Message streamed = accumulate(events(ask(wire).build()));

		assertThat(message.stopReason()).hasValue(StopReason.REFUSAL);
		assertThat(streamed.stopReason()).hasValue(StopReason.REFUSAL);
	}

	@ParameterizedTest
	@EnumSource
	void tokensAreCountedWholeAndStreamed(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("Counted.").withUsage(new Usage(1000, 50, 400, 0)));

		Message whole = client.messages().create(ask(wire).build());
		Message streamed = accumulate(events(ask(wire).build()));

		for (Message message : List.of(whole, streamed)) {
			assertThat(message.usage().inputTokens()).isEqualTo(600);
			assertThat(message.usage().cacheReadInputTokens()).hasValue(400L);
			assertThat(message.usage().outputTokens()).isEqualTo(50);
		}
	}

	@ParameterizedTest
	@EnumSource
	void thoughtsAreShownApartAndMayBeSentBack(TargetWire wire) {
		Conversation conversation = new Conversation(
				Answer.toolCalls(ToolCall.of(Weather.NAME, "{\"city\":\"Bern\"}")).withReasoning("Bern it is."),
				Answer.text("Sunny."), Answer.text("Sunny again."));
		wire.provider(gateway).answers(conversation);
		MessageCreateParams.Builder params = ask(wire).maxTokens(4000).enabledThinking(2000).addTool(WEATHER);

		Message first = accumulate(events(params.build()));
		Message second = client.messages().create(answerTools(params, first).build());
		Message third = client.messages().create(params.addMessage(second).addUserMessage("Sure?").build());

		assertThat(first.content().get(0).asThinking().thinking()).isEqualTo("Bern it is.");
		assertThat(wire.asksForThoughts(conversation.requests().get(0).body())).isTrue();
		assertThat(text(second)).isEqualTo("Sunny.");
		assertThat(text(third)).isEqualTo("Sunny again.");
	}

	@ParameterizedTest
	@EnumSource
	void tokensAreCountedBeforehand(TargetWire wire) {
		long few = count(wire, "Hi");
		long many = count(wire, "Hi ".repeat(400));

		assertThat(few).isPositive();
		assertThat(many).isBetween(few + 100, few + 1200);
		assertThat(gateway.records()).isEmpty();
	}

	private static long count(TargetWire wire, String text) {
		return client.messages()
			.countTokens(MessageCountTokensParams.builder().model(wire.route()).addUserMessage(text).build())
			.inputTokens();
	}

	@Test
	void theModelsAreTheRoutes() {
		List<String> models = new ArrayList<>();
		client.models().list().autoPager().forEach((model) -> models.add(model.id()));
		List<String> inTwos = new ArrayList<>();
		client.models()
			.list(ModelListParams.builder().limit(2).build())
			.autoPager()
			.forEach((model) -> inTwos.add(model.id()));

		assertThat(models).contains("openai", "anthropic", "gemini").doesNotHaveDuplicates();
		assertThat(inTwos).isEqualTo(models);
		assertThat(client.models().retrieve("gemini").id()).isEqualTo("gemini");
	}

	private static MessageCreateParams.Builder ask(TargetWire wire) {
		return MessageCreateParams.builder().model(wire.route()).maxTokens(1000).addUserMessage("Hi");
	}

	private static String text(Message message) {
		return message.content()
			.stream()
			.flatMap((block) -> block.text().stream())
			.map((block) -> block.text())
			.collect(Collectors.joining());
	}

	private static List<RawMessageStreamEvent> events(MessageCreateParams params) {
		try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
			return stream.stream().toList();
		}
	}

	private static Message accumulate(List<RawMessageStreamEvent> events) {
		MessageAccumulator accumulator = MessageAccumulator.create();
		events.forEach(accumulator::accumulate);
		return accumulator.message();
	}

}
