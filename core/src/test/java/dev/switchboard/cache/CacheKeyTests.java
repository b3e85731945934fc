package dev.switchboard.cache;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.anthropic.models.messages.ToolChoice;
import com.anthropic.models.messages.ToolChoiceAny;
import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.Caller;
import dev.switchboard.cost.Modality;
import dev.switchboard.cost.ModelId;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.policy.BuiltInPolicies;
import dev.switchboard.policy.FallbackPolicy;
import dev.switchboard.route.CacheScope;
import dev.switchboard.route.CacheSettings;
import dev.switchboard.route.ModelRoute;
import dev.switchboard.route.Requirements;
import dev.switchboard.route.RouteName;
import dev.switchboard.route.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.anthropic.AnthropicCacheOptions;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.AnthropicWebSearchTool;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.google.genai.common.GoogleGenAiSafetySetting;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CacheKeyTests {

	private final ResponseCache cache = ResponseCache.builder().build();

	private CacheKey key(Consumer<Draft> change) {
		Draft draft = new Draft();
		change.accept(draft);
		return draft.key(this.cache);
	}

	static Stream<Arguments> changesOfTheAnswer() {
		return Stream.of(change("the route's name", (draft) -> draft.route = "best-quality"),
				change("a target's model", (draft) -> draft.targets.set(0, Target.of("openai/gpt-5.4"))),
				change("a target's provider", (draft) -> draft.targets.set(0, Target.of("groq/gpt-5.4-mini"))),
				change("the order of targets", (draft) -> draft.targets.add(draft.targets.remove(0))),
				change("another target", (draft) -> draft.targets.add(Target.of("groq/llama"))),
				change("a missing target", (draft) -> draft.targets.remove(1)),
				change("the value of a target's option", (draft) -> draft.option("temperature", 0.3)),
				change("the type of a target's option", (draft) -> draft.option("temperature", "0.2")),
				change("the name of a target's option", (draft) -> draft.option("top-p", 0.2)),
				change("the required window",
						(draft) -> draft.requires = new Requirements(1, Set.of(), Set.of(), false, false, false)),
				change("the required input",
						(draft) -> draft.requires = new Requirements(0, Set.of(Modality.IMAGE), Set.of(), false, false,
								false)),
				change("the required output",
						(draft) -> draft.requires = new Requirements(0, Set.of(), Set.of(Modality.IMAGE), false, false,
								false)),
				change("required tools",
						(draft) -> draft.requires = new Requirements(0, Set.of(), Set.of(), true, false, false)),
				change("required parallel tools",
						(draft) -> draft.requires = new Requirements(0, Set.of(), Set.of(), false, true, false)),
				change("required structured output",
						(draft) -> draft.requires = new Requirements(0, Set.of(), Set.of(), false, false, true)),
				change("the scope", (draft) -> draft.scope = CacheScope.SHARED),
				change("the caller", (draft) -> draft.caller = new Caller("bob", null)),
				change("the policy that the caller names", (draft) -> draft.policy = "strict"),
				change("the text of the system message",
						(draft) -> draft.messages.set(0, new SystemMessage("Be rude."))),
				change("the type of a message", (draft) -> draft.messages.set(0, new UserMessage("Be brief."))),
				change("the order of messages", (draft) -> draft.messages.add(draft.messages.remove(0))),
				change("a missing message", (draft) -> draft.messages.remove(0)),
				change("an empty message", (draft) -> draft.messages.add(new UserMessage(""))),
				change("no text", (draft) -> draft.messages.add(new AssistantMessage(null))),
				change("empty text", (draft) -> draft.messages.add(new AssistantMessage(""))),
				change("a text that moves to the next message", (draft) -> {
					draft.messages.set(0, new SystemMessage("Be brief.What"));
					draft.user(" is this?", draft.media());
				}), change("half a character that lost its other half", (draft) -> draft.user("\ud83d", draft.media())),
				change("another such half", (draft) -> draft.user("\ud83e", draft.media())),
				change("a question mark instead", (draft) -> draft.user("?", draft.media())),
				change("the bytes of media",
						(draft) -> draft.user(media(MimeTypeUtils.IMAGE_PNG, new byte[] { 1, 2, 4 }, "cat"))),
				change("the type of media",
						(draft) -> draft.user(media(MimeTypeUtils.IMAGE_JPEG, new byte[] { 1, 2, 3 }, "cat"))),
				change("the name of media",
						(draft) -> draft.user(media(MimeTypeUtils.IMAGE_PNG, new byte[] { 1, 2, 3 }, "dog"))),
				change("the id of media",
						(draft) -> draft.user(Media.builder()
							.mimeType(MimeTypeUtils.IMAGE_PNG)
							.data(new byte[] { 1, 2, 3 })
							.name("cat")
							.id("7")
							.build())),
				change("media by address",
						(draft) -> draft.user(Media.builder()
							.mimeType(MimeTypeUtils.IMAGE_PNG)
							.data(URI.create("http://localhost/cat"))
							.name("cat")
							.build())),
				change("no media", (draft) -> draft.user("What is this?", List.of())),
				change("media twice",
						(draft) -> draft.user("What is this?", List.of(draft.media().get(0), draft.media().get(0)))),
				change("the id of a tool call", (draft) -> draft.toolCall("2", "weather", "{}")),
				change("the name of a tool call", (draft) -> draft.toolCall("1", "clock", "{}")),
				change("the arguments of a tool call",
						(draft) -> draft.toolCall("1", "weather", "{\"city\":\"Bonn\"}")),
				change("the id of a tool's result", (draft) -> draft.toolResponse("2", "weather", "sunny")),
				change("the name of a tool's result", (draft) -> draft.toolResponse("1", "clock", "sunny")),
				change("a tool's result", (draft) -> draft.toolResponse("1", "weather", "rainy")),
				change("an answer's reasoning", (draft) -> draft.answered("reasoningContent", "Hm")),
				change("an answer's signatures",
						(draft) -> draft.answered("thoughtSignatures", List.of(new byte[] { 1 }))),
				change("an answer's signature",
						(draft) -> draft.answered("thoughtSignatures", List.of(new byte[] { 2 }))),
				change("the target that gave an answer", (draft) -> draft.answered("switchboard.target", "a/b")),
				change("temperature", (draft) -> draft.options.temperature(0.8)),
				change("no temperature", (draft) -> draft.options.temperature(null)),
				change("top-p", (draft) -> draft.options.topP(0.8)), change("top-k", (draft) -> draft.options.topK(8)),
				change("top-k and not max-tokens", (draft) -> draft.options.topK(100).maxTokens(null)),
				change("max-tokens", (draft) -> draft.options.maxTokens(8)),
				change("frequency penalty", (draft) -> draft.options.frequencyPenalty(0.8)),
				change("presence penalty", (draft) -> draft.options.presencePenalty(0.8)),
				change("a stop sequence", (draft) -> draft.options.stopSequences(List.of("END"))),
				change("two stop sequences", (draft) -> draft.options.stopSequences(List.of("E", "ND"))),
				change("the output schema", (draft) -> draft.options.outputSchema("{\"type\":\"string\"}")),
				change("the tool choice", (draft) -> draft.options.toolChoice(dev.switchboard.options.ToolChoice.NONE)),
				change("another tool choice",
						(draft) -> draft.options.toolChoice(dev.switchboard.options.ToolChoice.REQUIRED)),
				change("the function that is chosen",
						(draft) -> draft.options.toolChoice(dev.switchboard.options.ToolChoice.function("weather"))),
				change("another function that is chosen",
						(draft) -> draft.options.toolChoice(dev.switchboard.options.ToolChoice.function("clock"))),
				change("parallel tool calls", (draft) -> draft.options.parallelToolCalls(true)),
				change("no parallel tool calls", (draft) -> draft.options.parallelToolCalls(false)),
				change("the reasoning effort", (draft) -> draft.options.reasoningEffort("high")),
				change("another reasoning effort", (draft) -> draft.options.reasoningEffort("low")),
				change("the seed", (draft) -> draft.options.seed(7)),
				change("another seed", (draft) -> draft.options.seed(8)),
				change("that it be a JSON object", (draft) -> draft.options.jsonObject(true)),
				change("no tools", (draft) -> draft.options.toolCallbacks(List.of())),
				change("another tool", (draft) -> draft.options.toolCallbacks(tool("clock", "Tells the time", "{}"))),
				change("a tool's name", (draft) -> draft.tool("forecast", "Tells the weather", "{}")),
				change("a tool's description", (draft) -> draft.tool("weather", "Tells the climate", "{}")),
				change("a tool's schema",
						(draft) -> draft.tool("weather", "Tells the weather", "{\"type\":\"object\"}")),
				change("OpenAI's seed", openAi((options) -> options.seed(7))),
				change("OpenAI's reasoning effort", openAi((options) -> options.reasoningEffort("high"))),
				change("OpenAI's verbosity", openAi((options) -> options.verbosity("low"))),
				change("OpenAI's n", openAi((options) -> options.n(2))),
				change("OpenAI's logprobs", openAi((options) -> options.logprobs(true))),
				change("OpenAI's top logprobs", openAi((options) -> options.topLogprobs(2))),
				change("OpenAI's logit bias", openAi((options) -> options.logitBias(Map.of("7", 5)))),
				change("OpenAI's tool choice", openAi((options) -> options.toolChoice("none"))),
				change("OpenAI's parallel tool calls", openAi((options) -> options.parallelToolCalls(false))),
				change("OpenAI's service tier", openAi((options) -> options.serviceTier("flex"))),
				change("OpenAI's completion tokens", openAi((options) -> options.maxCompletionTokens(9))),
				change("OpenAI's JSON mode", openAi((options) -> options.responseFormat(format("{\"a\":1}")))),
				change("OpenAI's JSON schema", openAi((options) -> options.responseFormat(format("{\"a\":2}")))),
				change("OpenAI's voice",
						openAi((options) -> options.outputAudio(
								new OpenAiChatOptions.AudioParameters(OpenAiChatOptions.AudioParameters.Voice.ALLOY,
										OpenAiChatOptions.AudioParameters.AudioResponseFormat.MP3)))),
				change("OpenAI's modalities", openAi((options) -> options.outputModalities(List.of("audio")))),
				change("OpenAI's extra fields", openAi((options) -> options.extraBody(Map.of("top_k", 4)))),
				change("OpenAI's extra fields, deeper",
						openAi((options) -> options.extraBody(Map.of("top", Map.of("k", 4))))),
				change("Anthropic's thinking", anthropic((options) -> options.thinkingEnabled(1024))),
				change("Anthropic's thinking budget", anthropic((options) -> options.thinkingEnabled(2048))),
				change("Anthropic's tool choice",
						anthropic((options) -> options.toolChoice(ToolChoice.ofAny(ToolChoiceAny.builder().build())))),
				change("Anthropic's headers",
						anthropic((options) -> options.httpHeaders(Map.of("anthropic-beta", "x")))),
				change("Anthropic's web search", anthropic(
						(options) -> options.webSearchTool(AnthropicWebSearchTool.builder().maxUses(2L).build()))),
				change("Anthropic's web search, deeper", anthropic(
						(options) -> options.webSearchTool(AnthropicWebSearchTool.builder().maxUses(3L).build()))),
				change("Gemini's thinking budget", gemini((options) -> options.thinkingBudget(5))),
				change("Gemini's search", gemini((options) -> options.googleSearchRetrieval(true))),
				change("Gemini's safety settings",
						gemini((options) -> options.safetySettings(
								List.of(safety(GoogleGenAiSafetySetting.HarmBlockThreshold.BLOCK_ONLY_HIGH))))),
				change("Gemini's safety settings, deeper", gemini((options) -> options
					.safetySettings(List.of(safety(GoogleGenAiSafetySetting.HarmBlockThreshold.BLOCK_NONE))))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changesOfTheAnswer")
	void whatShapesTheAnswerMakesAnotherKey(String name, Consumer<Draft> change) {
		assertThat(key(change)).isNotEqualTo(key((draft) -> {
		})).isEqualTo(key(change));
	}

	@Test
	void noTwoRequestsShareAKey() {
		Map<CacheKey, String> names = new HashMap<>();
		names.put(key((draft) -> {
		}), "no change");
		changesOfTheAnswer().forEach((arguments) -> {
			@SuppressWarnings("unchecked")
			Consumer<Draft> change = (Consumer<Draft>) arguments.get()[1];
			String name = (String) arguments.get()[0];
			assertThat(names.put(key(change), name)).as(name).isNull();
		});
		assertThat(names).hasSizeGreaterThan(80);
	}

	static Stream<Arguments> changesOfTheCall() {
		return Stream.of(change("the description of the route", (draft) -> draft.description = "Something else"),
				change("the route's policy", (draft) -> draft.routePolicy = BuiltInPolicies.CAREFUL),
				change("a target's timeout",
						(draft) -> draft.targets.set(0,
								new Target(ModelId.parse("openai/gpt-5.4-mini"), Duration.ofSeconds(9),
										draft.targets.get(0).options()))),
				change("the time to live", (draft) -> draft.ttl = Duration.ofDays(1)),
				change("the caller's group", (draft) -> draft.caller = new Caller("alice", "enterprise")),
				change("tags", (draft) -> draft.tags = Map.of("feature", "chat")),
				change("the deadline", (draft) -> draft.deadline = Duration.ofSeconds(3)),
				change("what is said about the cache", (draft) -> draft.control = CacheControl.NO_CACHE),
				change("the call's words among the options",
						(draft) -> draft.options.tag("a", "b")
							.deadline(Duration.ofSeconds(3))
							.caller(new Caller("bob", null))
							.cacheControl(CacheControl.NO_CACHE)),
				change("the model, which the route decides", (draft) -> draft.options.model("gpt-z")),
				change("the tools' context", (draft) -> draft.options.toolContext(Map.of("user", new Object()))),
				change("the code behind a tool", (draft) -> draft.tool("weather", "Tells the weather", "{}")),
				change("the order in which tools were found",
						(draft) -> draft.options.toolCallbacks(List.of(tool("clock", "Tells the time", "{}"),
								tool("weather", "Tells the weather", "{}")))),
				change("the name that media without one are given",
						(draft) -> draft.user(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://localhost/cat")))),
				change("an answer's id", (draft) -> draft.answered("id", "chatcmpl-7")),
				change("metadata of the caller's message",
						(draft) -> draft.messages.set(1,
								UserMessage.builder()
									.text("What is this?")
									.media(draft.media())
									.metadata(Map.of("conversation", 7))
									.build())),
				change("OpenAI's credential and endpoint",
						openAi((options) -> options.apiKey("sk-other")
							.baseUrl("http://localhost:1/v1")
							.timeout(Duration.ofSeconds(1))
							.maxRetries(9)
							.organizationId("org-7"))),
				change("the function that counts what Anthropic caches",
						anthropic((options) -> options.cacheOptions(counting((text) -> 7)))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("changesOfTheCall")
	void whatDoesNotShapeTheAnswerLeavesTheKey(String name, Consumer<Draft> change) {
		Consumer<Draft> same = SAME.getOrDefault(name, (draft) -> {
		});
		assertThat(key(change)).isEqualTo(key(same));
	}

	// What some of the changes above are compared with instead of the bare request.
	private static final Map<String, Consumer<Draft>> SAME = Map.of("the order in which tools were found",
			(draft) -> draft.options.toolCallbacks(
					List.of(tool("weather", "Tells the weather", "{}"), tool("clock", "Tells the time", "{}"))),
			"the name that media without one are given",
			(draft) -> draft.user(new Media(MimeTypeUtils.IMAGE_PNG, URI.create("http://localhost/cat"))),
			"OpenAI's credential and endpoint", openAi((options) -> {
			}), "the function that counts what Anthropic caches",
			anthropic((options) -> options.cacheOptions(counting((text) -> 8))));

	@Test
	void inASharedCacheTheCallerDoesNotMatter() {
		assertThat(key((draft) -> {
			draft.scope = CacheScope.SHARED;
			draft.caller = new Caller("bob", null);
		})).isEqualTo(key((draft) -> draft.scope = CacheScope.SHARED));
	}

	@Test
	void theOrderOfEntriesDoesNotMatter() {
		Map<String, Object> one = new LinkedHashMap<>();
		one.put("a", 1);
		one.put("b", List.of(1, 2));
		Map<String, Object> other = new LinkedHashMap<>();
		other.put("b", List.of(1, 2));
		other.put("a", 1);
		assertThat(key(openAi((options) -> options.extraBody(one))))
			.isEqualTo(key(openAi((options) -> options.extraBody(other))));
	}

	@Test
	void aPromptWithoutOptionsHasTheKeyOfOneWithEmptyOptions() {
		ModelRoute route = new Draft().route();
		Prompt bare = new Prompt("Hi");
		assertThat(this.cache.key(route, CallContext.DEFAULT, bare))
			.isEqualTo(this.cache.key(route, CallContext.DEFAULT, new Prompt("Hi", RouteChatOptions.empty())))
			.isEqualTo(this.cache.key(route, CallContext.DEFAULT, new Prompt("Hi", ChatOptions.builder().build())));
	}

	@Test
	void anotherCacheMakesTheSameKeys() {
		CacheKey key = key((draft) -> {
		});
		assertThat(new Draft().key(ResponseCache.builder().build())).isEqualTo(key);
		assertThat(key.digest()).matches("[0-9a-f]{64}");
	}

	@Test
	void aLongTextIsReadToItsEnd() {
		String text = "äöü 😀 and so on ".repeat(1_000);
		assertThat(key((draft) -> draft.user(text + "a", List.of())))
			.isNotEqualTo(key((draft) -> draft.user(text + "b", List.of())));
	}

	@Test
	void whatCannotBeToldApartIsNotRemembered() {
		assertThat(key((draft) -> draft.user(Media.builder()
			.mimeType(MimeTypeUtils.IMAGE_PNG)
			.data((Object) new ByteArrayInputStream(new byte[0]))
			.build()))).isNull();
	}

	@Test
	void aRouteThatDoesNotCacheHasNoKeys() {
		ModelRoute route = new ModelRoute(new RouteName("plain"), "", List.of(Target.of("openai/gpt-5.4")),
				BuiltInPolicies.STANDARD, null, Requirements.NONE);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.cache.key(route, CallContext.DEFAULT, new Prompt("Hi")))
			.withMessage("Route 'plain' does not cache");
	}

	private static Arguments change(String name, Consumer<Draft> change) {
		return Arguments.of(name, change);
	}

	private static Consumer<Draft> openAi(Consumer<OpenAiChatOptions.Builder> change) {
		OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
		change.accept(options);
		return (draft) -> draft.options.combineWith(options);
	}

	private static Consumer<Draft> anthropic(Consumer<AnthropicChatOptions.Builder> change) {
		AnthropicChatOptions.Builder options = AnthropicChatOptions.builder();
		change.accept(options);
		return (draft) -> draft.options.combineWith(options);
	}

	private static Consumer<Draft> gemini(Consumer<GoogleGenAiChatOptions.Builder> change) {
		GoogleGenAiChatOptions.Builder options = GoogleGenAiChatOptions.builder();
		change.accept(options);
		return (draft) -> draft.options.combineWith(options);
	}

	private static OpenAiChatModel.ResponseFormat format(String schema) {
		return OpenAiChatModel.ResponseFormat.builder()
			.type(OpenAiChatModel.ResponseFormat.Type.JSON_SCHEMA)
			.jsonSchema(schema)
			.build();
	}

	private static GoogleGenAiSafetySetting safety(GoogleGenAiSafetySetting.HarmBlockThreshold threshold) {
		return new GoogleGenAiSafetySetting.Builder()
			.withCategory(GoogleGenAiSafetySetting.HarmCategory.HARM_CATEGORY_HARASSMENT)
			.withThreshold(threshold)
			.build();
	}

	private static AnthropicCacheOptions counting(Function<String, Integer> function) {
		return AnthropicCacheOptions.builder().contentLengthFunction(function).build();
	}

	private static ToolCallback tool(String name, String description, String schema) {
		return FunctionToolCallback.builder(name, (Map<String, Object> input) -> "sunny")
			.description(description)
			.inputSchema(schema)
			.inputType(Map.class)
			.build();
	}

	private static Media media(MimeType type, byte[] bytes, String name) {
		return Media.builder().mimeType(type).data(bytes).name(name).build();
	}

	/** A request that has a bit of everything. */
	private static final class Draft {

		private String route = "cheap-fast";

		private String description = "";

		private FallbackPolicy routePolicy = BuiltInPolicies.STANDARD;

		private Duration ttl = Duration.ofMinutes(1);

		private CacheScope scope = CacheScope.CALLER;

		private Requirements requires = Requirements.NONE;

		private Caller caller = new Caller("alice", null);

		private Map<String, String> tags = Map.of();

		private CacheControl control = CacheControl.DEFAULT;

		private String policy;

		private Duration deadline;

		private final List<Target> targets = new ArrayList<>();

		private final List<Message> messages = new ArrayList<>();

		private final RouteChatOptions.Builder options = RouteChatOptions.builder()
			.temperature(0.5)
			.maxTokens(100)
			.stopSequences(List.of("STOP"))
			.toolCallbacks(List.of(CacheKeyTests.tool("weather", "Tells the weather", "{}")));

		Draft() {
			option("temperature", 0.2);
			this.targets.add(Target.of("anthropic/claude"));
			this.messages.add(new SystemMessage("Be brief."));
			this.messages.add(UserMessage.builder().text("What is this?").media(media()).build());
			this.messages.add(null);
			toolCall("1", "weather", "{}");
			this.messages.add(null);
			toolResponse("1", "weather", "sunny");
		}

		void option(String name, Object value) {
			Target target = new Target(ModelId.parse("openai/gpt-5.4-mini"), null, Map.of(name, value));
			if (this.targets.isEmpty()) {
				this.targets.add(target);
			}
			this.targets.set(0, target);
		}

		List<Media> media() {
			return List.of(CacheKeyTests.media(MimeTypeUtils.IMAGE_PNG, new byte[] { 1, 2, 3 }, "cat"));
		}

		void user(String text, List<Media> media) {
			this.messages.set(1, UserMessage.builder().text(text).media(media).build());
		}

		void user(Media media) {
			user("What is this?", List.of(media));
		}

		void toolCall(String id, String name, String arguments) {
			this.messages.set(2,
					AssistantMessage.builder()
						.content("")
						.toolCalls(List.of(new AssistantMessage.ToolCall(id, "function", name, arguments)))
						.build());
		}

		void answered(String name, Object value) {
			this.messages.set(2,
					AssistantMessage.builder()
						.content("")
						.properties(Map.of(name, value))
						.toolCalls(List.of(new AssistantMessage.ToolCall("1", "function", "weather", "{}")))
						.build());
		}

		void toolResponse(String id, String name, String data) {
			this.messages.set(3,
					ToolResponseMessage.builder()
						.responses(List.of(new ToolResponseMessage.ToolResponse(id, name, data)))
						.build());
		}

		void tool(String name, String description, String schema) {
			this.options.toolCallbacks(List.of(CacheKeyTests.tool(name, description, schema)));
		}

		ModelRoute route() {
			return new ModelRoute(new RouteName(this.route), this.description, this.targets, this.routePolicy,
					new CacheSettings(this.ttl, this.scope, Duration.ZERO, Duration.ZERO), this.requires);
		}

		CacheKey key(ResponseCache cache) {
			return cache.key(route(), new CallContext(this.caller, this.tags, this.control, this.policy, this.deadline),
					new Prompt(this.messages, this.options.build()));
		}

	}

}
