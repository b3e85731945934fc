package dev.switchboard.gateway.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.Response.IncompleteDetails;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import com.openai.models.responses.ToolChoiceOptions;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The responses of OpenAI's own library, in front of targets of every wire. Tools of the
 * kind that keeps nothing at the provider send everything in every turn.
 */
class OpenAiResponsesSdkTests {

	private static final FunctionTool WEATHER = FunctionTool.builder()
		.name(Weather.NAME)
		.description(Weather.DESCRIPTION)
		.parameters(JsonValue.from(Weather.SCHEMA).convert(FunctionTool.Parameters.class))
		.strict(true)
		.build();

	private static RunningGateway gateway;

	private static OpenAIClient client;

	@BeforeAll
	static void start() {
		gateway = TargetWire.start();
		client = OpenAIOkHttpClient.builder()
			.baseUrl(gateway.url() + "/v1")
			.apiKey(TargetWire.KEY)
			.maxRetries(0)
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
	void anAnswerComesWholeAndStreamed(TargetWire wire) {
		wire.provider(gateway).answers("Grüezi, 世界 😀 and some more words.");

		Response whole = client.responses().create(ask(wire).build());
		List<ResponseStreamEvent> events = events(ask(wire).build());

		Response streamed = accumulate(events);
		for (Response response : List.of(whole, streamed)) {
			assertThat(text(response)).isEqualTo("Grüezi, 世界 😀 and some more words.");
			assertThat(response.status()).hasValue(ResponseStatus.COMPLETED);
			assertThat(wire.model()).endsWith(model(response));
		}
		assertThat(events).filteredOn(ResponseStreamEvent::isOutputTextDelta).hasSizeGreaterThan(3);
		assertThat(events).last().matches(ResponseStreamEvent::isCompleted);
	}

	@ParameterizedTest
	@EnumSource
	void twoToolsAreCalledAtOnceAndTheirResultsComeBack(TargetWire wire) {
		Conversation conversation = twoCities();
		wire.provider(gateway).answers(conversation);
		List<ResponseInputItem> items = new ArrayList<>(List.of(message(EasyInputMessage.Role.USER, "Hi")));

		Response first = client.responses().create(ask(wire, items).build());
		answerTools(items, first);
		Response second = client.responses().create(ask(wire, items).build());

		assertToolsRanOnce(wire, conversation, first);
		assertThat(text(second)).isEqualTo("Sunny in both.");
	}

	@ParameterizedTest
	@EnumSource
	void twoToolsAreCalledAtOnceInAStream(TargetWire wire) {
		Conversation conversation = twoCities();
		wire.provider(gateway).answers(conversation);
		List<ResponseInputItem> items = new ArrayList<>(List.of(message(EasyInputMessage.Role.USER, "Hi")));

		Response first = accumulate(events(ask(wire, items).build()));
		answerTools(items, first);
		Response second = accumulate(events(ask(wire, items).build()));

		assertToolsRanOnce(wire, conversation, first);
		assertThat(text(second)).isEqualTo("Sunny in both.");
	}

	private static Conversation twoCities() {
		return new Conversation(Answer.toolCalls(ToolCall.of(Weather.NAME, "{\"city\":\"Bern\"}"),
				ToolCall.of(Weather.NAME, "{\"city\":\"Kyiv\"}")), Answer.text("Sunny in both."));
	}

	private static void answerTools(List<ResponseInputItem> items, Response response) {
		calls(response).forEach((call) -> items.add(ResponseInputItem.ofFunctionCall(call)));
		calls(response).forEach((call) -> items
			.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
				.callId(call.callId())
				.output(call.arguments(Weather.class).tell())
				.build())));
	}

	private static List<ResponseFunctionToolCall> calls(Response response) {
		return response.output().stream().flatMap((item) -> item.functionCall().stream()).toList();
	}

	private static void assertToolsRanOnce(TargetWire wire, Conversation conversation, Response first) {
		List<ResponseFunctionToolCall> calls = calls(first);
		assertThat(calls).hasSize(2);
		assertThat(calls).extracting(ResponseFunctionToolCall::callId).doesNotHaveDuplicates();
		assertThat(conversation.requests().get(0).tools().get(0).schema().at("/properties/city/description").asString())
			.isEqualTo("Name of the city");
		assertThat(conversation.requests()).hasSize(2);
		List<ToolResult> results = conversation.requests().get(1).toolResults();
		assertThat(results).extracting(ToolResult::text).containsExactly("Bern is sunny", "Kyiv is sunny");
		assertThat(results).extracting(ToolResult::callId)
			.containsExactlyElementsOf(wire.callIds(calls.stream().map(ResponseFunctionToolCall::callId).toList()));
	}

	@ParameterizedTest
	@EnumSource
	void aToolCanBeDemanded(TargetWire wire) {
		Conversation conversation = new Conversation();
		wire.provider(gateway).answers(conversation);

		Response response = client.responses()
			.create(ask(wire).addTool(WEATHER).toolChoice(ToolChoiceOptions.REQUIRED).build());

		assertThat(conversation.request().toolChoice()).isEqualTo(ChatRequest.REQUIRED);
		assertThat(calls(response)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void anAnswerMeetsASchema(TargetWire wire) {
		wire.provider(gateway).answers(new Conversation());

		Response response = client.responses()
			.create(ask(wire)
				.text(ResponseTextConfig.builder()
					.format(ResponseFormatTextJsonSchemaConfig.builder()
						.name("recipe")
						.schema(JsonValue.from(Recipe.SCHEMA).convert(ResponseFormatTextJsonSchemaConfig.Schema.class))
						.strict(true)
						.build())
					.build())
				.build());

		Recipe recipe = JsonMapper.shared().readValue(text(response), Recipe.class);
		assertThat(recipe.title).isNotEmpty();
		assertThat(recipe.ingredients).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void anImageArrivesByteForByte(TargetWire wire) {
		byte[] image = new byte[100_000];
		new Random(7).nextBytes(image);
		wire.provider(gateway).answers("A cat.");
		ResponseInputContent text = ResponseInputContent
			.ofInputText(ResponseInputText.builder().text("What is it?").build());
		ResponseInputContent picture = ResponseInputContent.ofInputImage(ResponseInputImage.builder()
			.detail(ResponseInputImage.Detail.AUTO)
			.imageUrl("data:image/png;base64," + Base64.getEncoder().encodeToString(image))
			.build());

		client.responses()
			.create(ResponseCreateParams.builder()
				.model(wire.route())
				.inputOfResponse(List.of(ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder()
					.role(EasyInputMessage.Role.USER)
					.contentOfResponseInputMessageContentList(List.of(text, picture))
					.build())))
				.build());

		assertThat(wire.image(wire.provider(gateway).requests().get(0).json())).isEqualTo(image);
	}

	@ParameterizedTest
	@EnumSource
	void instructionsInTheMiddleAreKept(TargetWire wire) {
		Conversation conversation = new Conversation(Answer.text("Zwei."));
		wire.provider(gateway).answers(conversation);

		client.responses()
			.create(ask(wire,
					List.of(message(EasyInputMessage.Role.USER, "Count."),
							message(EasyInputMessage.Role.ASSISTANT, "One."),
							message(EasyInputMessage.Role.DEVELOPER, "In German now."),
							message(EasyInputMessage.Role.USER, "Go on.")))
				.instructions("Be brief.")
				.build());

		assertThat(conversation.said()).contains("In German now.").containsSubsequence("Count.", "One.", "Go on.");
		assertThat(conversation.request().body().toString()).contains("Be brief.");
	}

	@ParameterizedTest
	@EnumSource
	void aLimitOfTokensLeavesTheAnswerIncomplete(TargetWire wire) {
		wire.provider(gateway).answers(new Conversation());

		Response whole = client.responses().create(ask(wire).maxOutputTokens(3).build());
		Response streamed = accumulate(events(ask(wire).maxOutputTokens(3).build()));

		for (Response response : List.of(whole, streamed)) {
			assertThat(response.status()).hasValue(ResponseStatus.INCOMPLETE);
			assertThat(response.incompleteDetails().orElseThrow().reason())
				.hasValue(IncompleteDetails.Reason.MAX_OUTPUT_TOKENS);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aWithheldAnswerIsAnAnswer(TargetWire wire) {
		wire.provider(gateway).fails(Fault.contentFiltered());

		Response whole = client.responses().create(ask(wire).build());
		Response streamed = accumulate(events(ask(wire).build()));

		for (Response response : List.of(whole, streamed)) {
			assertThat(response.status()).hasValue(ResponseStatus.INCOMPLETE);
			assertThat(response.incompleteDetails().orElseThrow().reason())
				.hasValue(IncompleteDetails.Reason.CONTENT_FILTER);
		}
	}

	@ParameterizedTest
	@EnumSource
	void tokensAreCountedWholeAndStreamed(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("Counted.").withUsage(new Usage(1000, 50, 400, 0)));

		Response whole = client.responses().create(ask(wire).build());
		Response streamed = accumulate(events(ask(wire).build()));

		for (Response response : List.of(whole, streamed)) {
			assertThat(response.usage().orElseThrow().inputTokens()).isEqualTo(1000);
			assertThat(response.usage().orElseThrow().inputTokensDetails().cachedTokens()).isEqualTo(400);
			assertThat(response.usage().orElseThrow().outputTokens()).isEqualTo(50);
		}
	}

	@ParameterizedTest
	@EnumSource
	void reasoningIsAnItemOfItsOwnAndMayBeSentBack(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("42").withReasoning("Six times seven it is."));
		Reasoning reasoning = Reasoning.builder().effort(ReasoningEffort.LOW).summary(Reasoning.Summary.AUTO).build();

		Response first = client.responses().create(ask(wire).reasoning(reasoning).build());
		List<ResponseInputItem> items = new ArrayList<>(List.of(message(EasyInputMessage.Role.USER, "Hi")));
		for (ResponseOutputItem item : first.output()) {
			item.reasoning().ifPresent((thought) -> items.add(ResponseInputItem.ofReasoning(thought)));
			item.message().ifPresent((said) -> items.add(ResponseInputItem.ofResponseOutputMessage(said)));
		}
		items.add(message(EasyInputMessage.Role.USER, "Sure?"));
		Response second = client.responses().create(ask(wire, items).reasoning(reasoning).build());

		assertThat(first.output().get(0).isReasoning()).isTrue();
		assertThat(wire.asksForThoughts(wire.provider(gateway).requests().get(0).json())).isTrue();
		assertThat(text(second)).isEqualTo("42");
	}

	@ParameterizedTest
	@EnumSource
	void failuresAreTheLibrarysOwnExceptions(TargetWire wire) {
		wire.provider(gateway)
			.fails(Fault.invalidRequest().message("No such thing.").times(1),
					Fault.rateLimited().retryAfter(Duration.ofSeconds(70)).times(1));

		BadRequestException refused = catchThrowableOfType(BadRequestException.class,
				() -> client.responses().create(ask(wire).build()));
		RateLimitException limited = catchThrowableOfType(RateLimitException.class, () -> events(ask(wire).build()));

		assertThat(refused).hasMessageContaining("No such thing.");
		assertThat(limited.code()).hasValue("provider_rate_limited");
		assertThat(limited.headers().values("Retry-After")).containsExactly("70");
	}

	@ParameterizedTest
	@EnumSource
	void aStreamThatBreaksIsAFailedResponse(TargetWire wire) {
		wire.provider(gateway)
			.answers("A text of quite some length that nobody will ever read to its end.")
			.fails(Fault.cutAfterTokens(5));

		List<ResponseStreamEvent> events = events(ask(wire).build());

		assertThat(events).last().matches(ResponseStreamEvent::isFailed);
		assertThat(events.get(events.size() - 1).asFailed().response().error().orElseThrow().message())
			.contains("not the whole answer");
		assertThat(events).noneMatch(ResponseStreamEvent::isCompleted);
	}

	@ParameterizedTest
	@EnumSource
	void aStreamThatIsClosedEndsTheProvidersRequest(TargetWire wire) {
		wire.provider(gateway).answers(Answer.text("words ".repeat(1000)).paced(Duration.ofMillis(100)));

		try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(ask(wire).build())) {
			Iterator<ResponseStreamEvent> events = stream.stream().iterator();
			events.next();
			events.next();
		}

		SimulatorAssertions.assertThat(wire.provider(gateway)).within(Duration.ofSeconds(30)).wasAborted();
	}

	private static ResponseCreateParams.Builder ask(TargetWire wire) {
		return ResponseCreateParams.builder().model(wire.route()).store(false).input("Hi");
	}

	private static ResponseCreateParams.Builder ask(TargetWire wire, List<ResponseInputItem> items) {
		return ResponseCreateParams.builder().model(wire.route()).store(false).inputOfResponse(items).addTool(WEATHER);
	}

	private static ResponseInputItem message(EasyInputMessage.Role role, String text) {
		return ResponseInputItem.ofEasyInputMessage(EasyInputMessage.builder().role(role).content(text).build());
	}

	private static String model(Response response) {
		return response.model().string().orElseGet(() -> response.model().asChat().asString());
	}

	private static String text(Response response) {
		return response.output()
			.stream()
			.flatMap((item) -> item.message().stream())
			.flatMap((message) -> message.content().stream())
			.flatMap((content) -> content.outputText().stream())
			.map((text) -> text.text())
			.collect(Collectors.joining());
	}

	private static List<ResponseStreamEvent> events(ResponseCreateParams params) {
		try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(params)) {
			return stream.stream().toList();
		}
	}

	private static Response accumulate(List<ResponseStreamEvent> events) {
		ResponseAccumulator accumulator = ResponseAccumulator.create();
		events.forEach(accumulator::accumulate);
		return accumulator.response();
	}

}
