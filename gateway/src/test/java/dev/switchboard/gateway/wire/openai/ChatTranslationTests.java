package dev.switchboard.gateway.wire.openai;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
import dev.switchboard.cost.ModelId;
import dev.switchboard.provider.ProviderSettings;
import dev.switchboard.provider.Secret;
import dev.switchboard.provider.TargetClients;
import dev.switchboard.route.Target;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.FinishReason;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.fault.Fault;
import dev.switchboard.simulator.test.SimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Chat completions answered by targets that speak other wires. */
class ChatTranslationTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final String CLAUDE = "anthropic/claude-sonnet-4.5";

	private static final String GEMINI = "google/gemini-3.1-pro";

	@RegisterExtension
	static final SimulatorExtension simulator = new SimulatorExtension();

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable closeable : this.opened) {
			closeable.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { CLAUDE, GEMINI })
	void openAisLibraryHoldsAConversationWithParallelTools(String target) {
		provider(target).answers(Answer.text("Let me look.")
			.withToolCalls(ToolCall.of("weather", "{\"city\":\"Rome\"}"),
					ToolCall.of("weather", "{\"city\":\"Oslo\"}")),
				Answer.text("Rome is warmer."));
		List<String> asked = new ArrayList<>();
		ChatClient client = client(front(target));
		assertThat(client.prompt().system("be brief").user("compare").tools(weather(asked)).call().content())
			.isEqualTo("Rome is warmer.");
		assertThat(asked).containsExactly("Rome", "Oslo");
		assertThat(provider(target).requests()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { CLAUDE, GEMINI })
	void openAisLibraryStreamsAConversationWithParallelTools(String target) {
		provider(target).answers(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Rome\"}"),
				ToolCall.of("weather", "{\"city\":\"Oslo\"}")), Answer.text("Rome is warmer than Oslo."));
		List<String> asked = new ArrayList<>();
		ChatClient client = client(front(target));
		List<String> pieces = client.prompt()
			.user("compare")
			.tools(weather(asked))
			.stream()
			.content()
			.collectList()
			.block();
		assertThat(pieces).hasSizeGreaterThan(2);
		assertThat(String.join("", pieces)).isEqualTo("Rome is warmer than Oslo.");
		assertThat(asked).containsExactly("Rome", "Oslo");
	}

	@Test
	void resultsOfSeveralToolsGoBackInOneTurn() {
		provider(CLAUDE).answers("done");
		completion(front(CLAUDE), """
				{"messages":[{"role":"system","content":"one"},{"role":"user","content":"go"},
				{"role":"assistant","content":null,"tool_calls":[
				 {"id":"call_a","type":"function","function":{"name":"f","arguments":"{\\"x\\":1}"}},
				 {"id":"call_b","type":"function","function":{"name":"g","arguments":"{}"}}]},
				{"role":"tool","tool_call_id":"call_a","content":"A"},
				{"role":"tool","tool_call_id":"call_b","content":"B"},
				{"role":"developer","content":"two"}]}""");
		JsonNode sent = provider(CLAUDE).requests().get(0).json();
		assertThat(sent.path("messages")).hasSize(3);
		assertThat(sent.at("/messages/1/content/0/input/x").asInt()).isEqualTo(1);
		assertThat(sent.at("/messages/2/content")).hasSize(2);
		assertThat(sent.at("/messages/2/content/1/tool_use_id").asString()).isEqualTo("call_b");
		assertThat(sent.path("system").toString()).contains("one", "two");
	}

	@Test
	void whatClaudeThoughtBeforeItsCallsComesBackToIt() {
		provider(CLAUDE).answers(
				Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Rome\"}")).withReasoning("Rome, I think"),
				Answer.text("sunny"));
		FrontDoor front = front(
				new Target(ModelId.parse(CLAUDE), null, Map.of("max-tokens", 5000, "thinking-enabled", 2000)));
		ObjectNode body = (ObjectNode) MAPPER.readTree("""
				{"messages":[{"role":"user","content":"weather?"}],"tools":[{"type":"function","function":{
				"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]}""");
		ObjectNode message = (ObjectNode) MAPPER.readTree(front.answer(body)).at("/choices/0/message");
		assertThat(message.path("reasoning_content").asString()).isEqualTo("Rome, I think");
		// As SDKs do: only the fields that they know.
		message.remove("reasoning_content");
		ArrayNode messages = (ArrayNode) body.path("messages");
		messages.add(message)
			.addObject()
			.put("role", "tool")
			.put("tool_call_id", message.at("/tool_calls/0/id").asString())
			.put("content", "25 degrees");
		assertThat(Sdk.completion(front.answer(body)).choices().get(0).message().content()).contains("sunny");
		JsonNode asking = provider(CLAUDE).requests().get(1).json().at("/messages/1/content/0");
		assertThat(asking.path("type").asString()).isEqualTo("thinking");
		assertThat(asking.path("thinking").asString()).isEqualTo("Rome, I think");
		assertThat(asking.path("signature").asString()).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { CLAUDE, GEMINI })
	void picturesOptionsAndToolsReachTheTarget(String target) {
		provider(target).answers("a cat");
		completion(front(target), """
				{"messages":[{"role":"user","content":[{"type":"text","text":"what is it?"},
				 {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}],
				"max_tokens":77,"temperature":0.5,"stop":"END","tools":[{"type":"function","function":{"name":"zoom",
				"parameters":{"type":"object","properties":{"level":{"anyOf":[{"type":"integer"},{"type":"null"}],
				"maximum":9007199254740991}}}}}]}""");
		assertThat(provider(target).requests().get(0).body())
			.contains("AQID", "image/png", "what is it?", "77", "0.5", "END", "zoom")
			.containsPattern("9007199254740991|9\\.007199254740991E15");
	}

	@Test
	void aSchemaOfTheAnswerReachesTheTarget() {
		ChatCompletion completion = completion(front(CLAUDE),
				"""
						{"messages":[{"role":"user","content":"a person"}],"response_format":{"type":"json_schema","json_schema":
						{"name":"person","schema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],
						"additionalProperties":false}}}}""");
		assertThat(
				MAPPER.readTree(completion.choices().get(0).message().content().orElseThrow()).path("name").isString())
			.isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { CLAUDE, GEMINI })
	void usageAndFinishReasonAreToldAlikeWholeAndStreamed(String target) {
		provider(target)
			.answers(Answer.text("cut off her").finishing(FinishReason.LENGTH).withUsage(new Usage(100, 20, 40, 0)));
		FrontDoor front = front(target);
		String request = """
				{"messages":[{"role":"user","content":"hi"}],"stream_options":{"include_usage":true}}""";
		for (ChatCompletion completion : List.of(completion(front, request), Sdk.accumulate(stream(front, request)))) {
			assertThat(completion.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
			assertThat(completion.choices().get(0).message().content()).contains("cut off her");
			assertThat(completion.usage().orElseThrow().promptTokens()).isEqualTo(100);
			assertThat(completion.usage().orElseThrow().promptTokensDetails().orElseThrow().cachedTokens())
				.contains(40L);
		}
	}

	@Test
	void thoughtsAreStreamedBesideTheContent() {
		provider(CLAUDE).answers(Answer.text("forty-two").withReasoning("six by seven"));
		String stream = stream(
				front(new Target(ModelId.parse(CLAUDE), null, Map.of("max-tokens", 5000, "thinking-enabled", 2000))),
				"{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
		assertThat(Sdk.chunks(stream)
			.stream()
			.map((chunk) -> chunk.at("/choices/0/delta/reasoning_content").asString(""))
			.collect(Collectors.joining())).isEqualTo("six by seven");
		assertThat(Sdk.accumulate(stream).choices().get(0).message().content()).contains("forty-two");
		assertThat(stream).endsWith("data: [DONE]\n\n");
	}

	@Test
	void aStreamThatBreaksEndsInAnErrorAndNotInAnEndMarker() {
		provider(CLAUDE).answers("one two three four five six").fails(Fault.cutAfterTokens(3));
		String stream = stream(front(CLAUDE), "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
		assertThat(stream).contains("\"content\":\"two \"")
			.doesNotContain("[DONE]")
			.doesNotContain("\"finish_reason\":\"");
		List<JsonNode> chunks = Sdk.chunks(stream);
		assertThat(chunks.get(chunks.size() - 1).at("/error/code").asString()).isEqualTo("stream_interrupted");
	}

	@Test
	void openAisLibraryUnderstandsARefusal() {
		ChatModel model = model(front(CLAUDE));
		assertThatExceptionOfType(BadRequestException.class)
			.isThrownBy(() -> model.call(new Prompt("hi", OpenAiChatOptions.builder().n(2).model("behind").build())))
			.satisfies((ex) -> {
				assertThat(ex.code()).contains("unsupported_parameter");
				assertThat(ex.param()).contains("n");
				assertThat(ex.type()).contains("invalid_request_error");
			});
	}

	private static ToolCallback weather(List<String> asked) {
		return FunctionToolCallback.builder("weather", (City city) -> {
			asked.add(city.city());
			return "sunny in " + city.city();
		}).description("The weather").inputType(City.class).build();
	}

	private static ChatCompletion completion(FrontDoor front, String request) {
		return Sdk.completion(front.answer((ObjectNode) MAPPER.readTree(request)));
	}

	private static String stream(FrontDoor front, String request) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		front.stream((ObjectNode) MAPPER.readTree(request), out);
		return Sdk.text(out.toByteArray());
	}

	private SimulatedProvider provider(String target) {
		return simulator.provider(ModelId.parse(target).provider());
	}

	private FrontDoor front(String target) {
		return front(Target.of(target));
	}

	private FrontDoor front(Target target) {
		FrontDoor front = new FrontDoor(simulator.simulator(), target);
		this.opened.add(front);
		return front;
	}

	private ChatClient client(FrontDoor front) {
		return ChatClient.create(model(front));
	}

	private ChatModel model(FrontDoor front) {
		TargetClients clients = TargetClients.builder()
			.provider(ProviderSettings.of("front", Wire.OPENAI, front.baseUrl(), Secret.of("sk-caller")))
			.build();
		this.opened.add(0, clients);
		return clients.get(Target.of("front/behind")).model();
	}

	record City(String city) {

	}

}
