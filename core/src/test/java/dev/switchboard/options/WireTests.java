package dev.switchboard.options;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.switchboard.cost.ModelId;
import dev.switchboard.cost.TokenUsage;
import dev.switchboard.options.Wires.Relay;
import dev.switchboard.options.Wires.Spoken;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.Usage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static dev.switchboard.options.Wires.CLAUDE;
import static dev.switchboard.options.Wires.GEMINI;
import static dev.switchboard.options.Wires.GPT;
import static org.assertj.core.api.Assertions.assertThat;

/** What goes over the wires, and what comes back. */
class WireTests {

	private static final String THOUGHT = "h\u00e4m, \"Rome\"?\nWeather \u2014 let me see.";

	private final Wires wires = new Wires();

	@AfterEach
	void close() {
		this.wires.close();
	}

	@Test
	void anAnswerIsTheAnswerAndNotTheThoughtBeforeIt() {
		for (ModelId target : List.of(CLAUDE, GEMINI, GPT)) {
			this.wires.provider(target).answers(Answer.text("42").withReasoning("six by seven"));
			ChatResponse response = client(only(target)).prompt().user("hi").call().chatResponse();
			assertThat(Answers.text(response)).as("%s", target).isEqualTo("42");
			assertThat(response.getResults()).as("%s", target).hasSize(1);
			assertThat(Answers.reasoning(response)).as("%s", target).isEqualTo("six by seven");
			assertThat(Answers.finishReason(response)).as("%s", target).isNotNull();
		}
	}

	@Test
	void aStreamsContentIsTheAnswerAndNotTheThoughtBeforeIt() {
		for (ModelId target : List.of(CLAUDE, GEMINI)) {
			this.wires.provider(target).answers(Answer.text("forty-two").withReasoning("six by seven"));
			List<ChatResponse> chunks = only(target).stream(new Prompt("hi")).collectList().block();
			assertThat(chunks).as("%s", target).hasSizeGreaterThan(3);
			assertThat(chunks.stream().map(Answers::text).collect(Collectors.joining())).isEqualTo("forty-two");
			assertThat(chunks.stream()
				.map(Answers::reasoning)
				.filter((piece) -> piece != null)
				.collect(Collectors.joining())).isEqualTo(showsThoughtsInStreams(target) ? "six by seven" : "");
			assertThat(
					String.join("", client(only(target)).prompt().user("hi").stream().content().collectList().block()))
				.isEqualTo("forty-two");
		}
	}

	@Test
	void tokensAreCountedAlikeOnEveryWire() {
		for (ModelId target : List.of(CLAUDE, GEMINI, GPT)) {
			this.wires.provider(target)
				.answers(Answer.text("42").withReasoning("hm").withUsage(new Usage(100, 20, 40, 5)));
			TokenUsage expected = new TokenUsage(100, 40, 0, 20, 5);
			assertThat(Answers.usage(only(target).call(new Prompt("hi")))).as("%s", target).isEqualTo(expected);
			List<TokenUsage> streamed = only(target).stream(new Prompt("hi"))
				.mapNotNull(Answers::usage)
				.collectList()
				.block();
			assertThat(streamed.get(streamed.size() - 1)).as("%s", target).isEqualTo(expected);
		}
	}

	@Test
	void anthropicGetsBackWhatItThoughtAndSaidBeforeItAskedForTools() {
		for (boolean stream : new boolean[] { false, true }) {
			this.wires.provider(CLAUDE)
				.reset()
				.answers(Answer.text("Let me look.").withReasoning(THOUGHT).withToolCalls(rome(), oslo()),
						Answer.text("And there?").withReasoning("once more").withToolCalls(oslo()),
						Answer.text("sunny"));
			Relay route = new Relay(new Spoken(CLAUDE, this.wires.claude()));
			assertThat(ask(route, stream)).endsWith("sunny");
			List<RecordedRequest> requests = this.wires.provider(CLAUDE).requests();
			assertThat(requests).hasSize(3);
			JsonNode last = requests.get(2).json();
			assertThat(last.at("/thinking/type").asString()).isEqualTo("enabled");
			assertThat(requests.get(2).header(ThinkingReplay.HEADER)).isNull();
			List<JsonNode> asking = list(last.at("/messages")).stream()
				.filter((message) -> message.path("role").asString().equals("assistant"))
				.toList();
			assertThat(asking).hasSize(2);
			assertThat(types(asking.get(0))).containsExactly("thinking", "text", "tool_use", "tool_use");
			assertThat(asking.get(0).at("/content/0/thinking").asString()).isEqualTo(THOUGHT);
			assertThat(asking.get(0).at("/content/0/signature").asString()).hasSize(44);
			assertThat(asking.get(0).at("/content/1/text").asString()).isEqualTo("Let me look.");
			assertThat(types(asking.get(1))).containsExactly("thinking", "text", "tool_use");
			assertThat(requests.get(1).json().at("/messages/1")).isEqualTo(asking.get(0));
		}
	}

	@Test
	void whereThoughtsCannotBeGivenBackThinkingIsOffUntilTheLoopEnds() {
		this.wires.provider(CLAUDE)
			.answers(Answer.text("").withReasoning("hm").withToolCalls(rome()), Answer.text("sunny"));
		Relay route = new Relay(new Spoken(CLAUDE, this.wires.handedInClaude()));
		assertThat(ask(route, false)).isEqualTo("sunny");
		List<RecordedRequest> requests = this.wires.provider(CLAUDE).requests();
		assertThat(requests.get(0).json().at("/thinking/type").asString()).isEqualTo("enabled");
		boolean givenBack = types(requests.get(1).json().at("/messages/1")).contains("thinking");
		assertThat(requests.get(1).json().at("/thinking/type").asString())
			.isEqualTo(givenBack ? "enabled" : "disabled");
		assertThat(requests.get(1).header(ThinkingReplay.HEADER)).isNull();
	}

	@Test
	void geminiGetsBackItsSignaturesAndItsCallsHaveIds() {
		for (boolean stream : new boolean[] { false, true }) {
			this.wires.provider(GEMINI)
				.reset()
				.answers(Answer.text("").withReasoning("hm").withToolCalls(rome(), oslo()), Answer.text("sunny"));
			List<Prompt> prompts = new ArrayList<>();
			assertThat(ask(recording(new Relay(new Spoken(GEMINI, this.wires.gemini())), prompts), stream))
				.isEqualTo("sunny");
			AssistantMessage asking = (AssistantMessage) prompts.get(1).getInstructions().get(1);
			assertThat(asking.getToolCalls()).extracting(AssistantMessage.ToolCall::id)
				.allMatch((id) -> id.matches("[a-zA-Z0-9]{9}"))
				.doesNotHaveDuplicates();
			JsonNode second = this.wires.provider(GEMINI).requests().get(1).json();
			List<JsonNode> calls = list(second.at("/contents/1/parts"));
			assertThat(calls).hasSize(2).allMatch((part) -> part.has("functionCall"));
			assertThat(calls.get(0).path("thoughtSignature").asString()).isNotEmpty();
			assertThat(calls.get(1).has("thoughtSignature")).isFalse();
			assertThat(list(second.at("/contents/2/parts")))
				.extracting((part) -> part.at("/functionResponse/name").asString())
				.containsExactly("weather", "weather");
		}
	}

	@Test
	void aLoopMovesFromAnyProviderToAnyOther() {
		for (ModelId from : List.of(GPT, CLAUDE, GEMINI)) {
			for (ModelId to : List.of(GPT, CLAUDE, GEMINI)) {
				for (boolean stream : new boolean[] { false, true }) {
					this.wires.provider(to).reset().answers("sunny");
					this.wires.provider(from)
						.model(from.model())
						.answers(Answer.text("").withReasoning("hm").withToolCalls(rome(), oslo()),
								Answer.text("sunny"));
					Relay route = new Relay(spoken(from), spoken(to));
					assertThat(ask(route, stream)).as("%s to %s", from, to).isEqualTo("sunny");
					this.wires.provider(from).reset();
				}
			}
		}
	}

	@Test
	void noProviderSeesWhatWasOnlyForAnother() {
		this.wires.provider(CLAUDE)
			.answers(Answer.text("").withReasoning("hm").withToolCalls(rome().withId("toolu_strange-id_of_its_own")));
		this.wires.provider(GPT).answers("sunny");
		ask(new Relay(spoken(CLAUDE), spoken(GPT)), false);
		String body = this.wires.provider(GPT).requests().get(0).body();
		assertThat(body).doesNotContain("reasoning_content", "toolu_");
		this.wires.provider(GEMINI).answers("sunny");
		ask(new Relay(spoken(CLAUDE), spoken(GEMINI)), false);
		JsonNode call = this.wires.provider(GEMINI).requests().get(0).json().at("/contents/1/parts/0");
		assertThat(call.path("thoughtSignature").asString()).as("what Google wants in place of a signature")
			.isEqualTo(Base64.getEncoder().encodeToString("skip_thought_signature_validator".getBytes()));
	}

	@Test
	void whatOneProviderThoughtInAnEarlierTurnIsNotShownToAnother() {
		this.wires.provider(GPT).answers(Answer.text("42").withReasoning("six by seven"));
		ModelId other = ModelId.parse("groq/llama-3.3-70b-versatile");
		this.wires.provider(other).answers("yes");
		for (boolean stream : new boolean[] { false, true }) {
			Relay route = new Relay(spoken(GPT), spoken(other));
			ChatClient client = ChatClient.builder(route)
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
				.defaultAdvisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "1"))
				.build();
			for (String question : List.of("What is six by seven?", "Sure?")) {
				ChatClient.ChatClientRequestSpec request = client.prompt(question);
				assertThat(stream ? request.stream().content().collectList().block() : request.call().content())
					.isNotNull();
			}
			assertThat(this.wires.provider(other).requests()).last()
				.extracting(RecordedRequest::body)
				.asString()
				.contains("42")
				.doesNotContain("reasoning_content");
		}
	}

	@Test
	void systemMessagesAnywhereAreAcceptableToEveryWire() {
		Prompt prompt = new Prompt(List.of(new SystemMessage("Be kind."), new UserMessage("hi"),
				new AssistantMessage("hello"), new SystemMessage("Be brief."), new UserMessage("who are you?")));
		for (ModelId target : List.of(GPT, CLAUDE, GEMINI)) {
			only(target).call(prompt);
		}
		JsonNode gpt = this.wires.provider(GPT).requests().get(0).json();
		assertThat(list(gpt.path("messages"))).extracting((message) -> message.path("role").asString())
			.containsExactly("system", "user", "assistant", "system", "user");
		JsonNode claude = this.wires.provider(CLAUDE).requests().get(0).json();
		assertThat(claude.path("system").asString()).isEqualTo("Be kind.\n\nBe brief.");
		assertThat(list(claude.path("messages"))).extracting((message) -> message.path("role").asString())
			.containsExactly("user", "assistant", "user");
		JsonNode gemini = this.wires.provider(GEMINI).requests().get(0).json();
		assertThat(gemini.at("/systemInstruction/parts/0/text").asString()).isEqualTo("Be kind.\n\nBe brief.");
		assertThat(list(gemini.path("contents"))).extracting((content) -> content.path("role").asString())
			.containsExactly("user", "model", "user");
	}

	@Test
	void systemMessagesAloneAreAnsweredOnEveryWire() {
		Prompt prompt = new Prompt(List.of(new SystemMessage("Be kind."), new SystemMessage("Say hello.")));
		for (ModelId target : List.of(GPT, CLAUDE, GEMINI)) {
			this.wires.provider(target).answers("hello");
			assertThat(Answers.text(only(target).call(prompt))).as("%s", target).isEqualTo("hello");
		}
	}

	@Test
	void optionsReachTheWiresTheyAreMeantFor() {
		RouteChatOptions.Builder options = RouteChatOptions.builder()
			.model("evil")
			.combineWith(OpenAiChatOptions.builder().reasoningEffort("high").seed(7).model("evil"))
			.combineWith(AnthropicChatOptions.builder().thinkingDisabled())
			.combineWith(ChatOptions.builder().temperature(0.1).maxTokens(77));
		for (ModelId target : List.of(GPT, CLAUDE, GEMINI)) {
			client(only(target)).prompt().user("hi").options(options).call().content();
		}
		JsonNode gpt = this.wires.provider(GPT).requests().get(0).json();
		assertThat(gpt.path("model").asString()).isEqualTo("gpt-5.4");
		assertThat(gpt.path("reasoning_effort").asString()).isEqualTo("high");
		assertThat(gpt.path("seed").asInt()).isEqualTo(7);
		assertThat(gpt.path("temperature").asDouble()).isEqualTo(0.1);
		assertThat(gpt.path("max_completion_tokens").asInt()).isEqualTo(77);
		assertThat(gpt.has("max_tokens")).isFalse();
		JsonNode claude = this.wires.provider(CLAUDE).requests().get(0).json();
		assertThat(claude.path("model").asString()).isEqualTo("claude-opus-4.7");
		assertThat(claude.path("max_tokens").asInt()).isEqualTo(77);
		assertThat(claude.has("temperature")).as("refused since Claude 4.7").isFalse();
		assertThat(claude.at("/thinking/type").asString()).isEqualTo("disabled");
		assertThat(claude.has("seed")).isFalse();
		RecordedRequest gemini = this.wires.provider(GEMINI).requests().get(0);
		assertThat(gemini.path()).contains("gemini-3.1-pro");
		assertThat(gemini.json().at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(77);
	}

	@Test
	void aSchemaIsKeptOnEveryWire() {
		for (ModelId target : List.of(GPT, CLAUDE, GEMINI)) {
			this.wires.provider(target).answers("{\"name\":\"Rome\",\"people\":3}");
			Town town = client(only(target)).prompt()
				.user("which town?")
				.call()
				.entity(Town.class, (spec) -> spec.useProviderStructuredOutput());
			assertThat(town).as("%s", target).isEqualTo(new Town("Rome", 3));
			RecordedRequest request = this.wires.provider(target).requests().get(0);
			assertThat(request.body()).as("%s", target).contains("people").doesNotContain("JSON Schema");
		}
	}

	@Test
	void definitionsOfASchemaArriveOnEveryWire() {
		ToolCallback tool = FunctionToolCallback.builder("book", (Trip trip) -> "booked")
			.description("Books a trip")
			.inputType(Trip.class)
			.build();
		for (ModelId target : List.of(GPT, CLAUDE, GEMINI)) {
			this.wires.provider(target).answers("{\"from\":{\"name\":\"Rome\",\"people\":3}}");
			client(only(target)).prompt()
				.user("which trip?")
				.tools(tool)
				.call()
				.entity(Trip.class, (spec) -> spec.useProviderStructuredOutput());
			String body = this.wires.provider(target).requests().get(0).body();
			assertThat(body.split("people", -1)).as("%s", target).hasSizeGreaterThanOrEqualTo(5);
			assertThat(body.contains("$ref")).as("%s", target).isEqualTo(body.contains("$defs"));
		}
	}

	/** Spring AI's class for Anthropic gives them in 2.0.0, but not in 2.0.1. */
	private boolean showsThoughtsInStreams(ModelId target) {
		return spoken(target).model()
			.stream(new Prompt("hi"))
			.any((chunk) -> chunk.getResult() != null && "six ".equals(chunk.getResult().getOutput().getText()))
			.block();
	}

	private Relay only(ModelId target) {
		return new Relay(spoken(target));
	}

	private Spoken spoken(ModelId target) {
		if (target.equals(CLAUDE)) {
			return new Spoken(target, this.wires.claude());
		}
		return new Spoken(target, target.equals(GEMINI) ? this.wires.gemini() : this.wires.openAiLike(target));
	}

	private static ChatClient client(ChatModel model) {
		return ChatClient.create(model);
	}

	private static String ask(ChatModel model, boolean stream) {
		ChatClient.ChatClientRequestSpec request = client(model).prompt()
			.user("How is the weather?")
			.tools(RouteChatOptionsTests.weather());
		return stream ? String.join("", request.stream().content().collectList().block()) : request.call().content();
	}

	private static ChatModel recording(ChatModel model, List<Prompt> prompts) {
		return new ChatModel() {

			@Override
			public ChatOptions getOptions() {
				return model.getOptions();
			}

			@Override
			public ChatResponse call(Prompt prompt) {
				prompts.add(prompt);
				return model.call(prompt);
			}

			@Override
			public Flux<ChatResponse> stream(Prompt prompt) {
				prompts.add(prompt);
				return model.stream(prompt);
			}

		};
	}

	private static ToolCall rome() {
		return ToolCall.of("weather", Map.of("name", "Rome"));
	}

	private static ToolCall oslo() {
		return ToolCall.of("weather", Map.of("name", "Oslo"));
	}

	private static List<JsonNode> list(JsonNode array) {
		return StreamSupport.stream(array.spliterator(), false).toList();
	}

	private static List<String> types(JsonNode message) {
		return list(message.path("content")).stream().map((block) -> block.path("type").asString()).toList();
	}

	record Town(String name, int people) {
	}

	record Trip(Town from, Town to) {
	}

}
