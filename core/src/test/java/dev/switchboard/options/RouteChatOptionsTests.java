package dev.switchboard.options;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.switchboard.call.CacheControl;
import dev.switchboard.call.CallContext;
import dev.switchboard.call.Caller;
import org.junit.jupiter.api.Test;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RouteChatOptionsTests {

	@Test
	void mergesPortableOptionsIntoItsOwn() {
		RouteChatOptions options = RouteChatOptions.builder()
			.temperature(0.9)
			.combineWith(ChatOptions.builder().temperature(0.2).maxTokens(50).stopSequences(List.of("END")))
			.combineWith(ChatOptions.builder().stopSequences(List.of("STOP")))
			.build();
		assertThat(options.getTemperature()).isEqualTo(0.2);
		assertThat(options.getMaxTokens()).isEqualTo(50);
		assertThat(options.getStopSequences()).containsExactly("END", "STOP");
		assertThat(options.getProviderOptions()).isEmpty();
	}

	@Test
	void recordsProviderOptionsAsTheyWereWhenMerged() {
		OpenAiChatOptions.Builder openAi = OpenAiChatOptions.builder().seed(7).temperature(0.3);
		RouteChatOptions options = RouteChatOptions.builder().combineWith(openAi).build();
		openAi.seed(8).temperature(0.4);
		assertThat(options.getTemperature()).isEqualTo(0.3);
		assertThat(options.getProviderOptions()).singleElement()
			.isInstanceOfSatisfying(OpenAiChatOptions.class, (own) -> assertThat(own.getSeed()).isEqualTo(7));
	}

	@Test
	void takesTheOutputSchemaFromWhicheverBuilderHasOne() {
		String schema = "{\"type\":\"object\"}";
		assertThat(RouteChatOptions.builder()
			.combineWith(StructuredOutputChatOptions.builder().outputSchema(schema))
			.build()
			.getOutputSchema()).isEqualTo(schema);
		assertThat(RouteChatOptions.builder()
			.combineWith(OpenAiChatOptions.builder().outputSchema(schema))
			.build()
			.getOutputSchema()).isEqualTo(schema);
	}

	@Test
	void mergesWhatTheCallerSaysOfTheCall() {
		RouteChatOptions defaults = RouteChatOptions.builder()
			.caller(new Caller("app", null))
			.tag("team", "search")
			.policy("fast")
			.build();
		RouteChatOptions options = defaults.mutate()
			.combineWith(RouteChatOptions.builder()
				.caller(new Caller("ann", "enterprise"))
				.tag("feature", "summary")
				.cacheControl(CacheControl.NO_STORE)
				.deadline(Duration.ofSeconds(3))
				.temperature(0.1)
				.combineWith(AnthropicChatOptions.builder().topK(3)))
			.build();
		assertThat(options.callContext()).isEqualTo(new CallContext(new Caller("ann", "enterprise"),
				Map.of("team", "search", "feature", "summary"), CacheControl.NO_STORE, "fast", Duration.ofSeconds(3)));
		assertThat(options.getTemperature()).isEqualTo(0.1);
		assertThat(options.getTopK()).isEqualTo(3);
		assertThat(options.getProviderOptions()).hasSize(1);
	}

	@Test
	void whatMostProvidersCanBeAskedForIsSaidPieceByPieceAndMerged() {
		CommonOptions all = new CommonOptions(ToolChoice.NONE, true, "low", 7, true);
		assertThat(RouteChatOptions.builder()
			.toolChoice(ToolChoice.NONE)
			.parallelToolCalls(true)
			.reasoningEffort("low")
			.seed(7)
			.jsonObject(true)
			.build()
			.common()).isEqualTo(all);
		assertThat(RouteChatOptions.builder()
			.common(all)
			.combineWith(RouteChatOptions.builder().reasoningEffort("high").seed(8))
			.build()
			.common()).isEqualTo(new CommonOptions(ToolChoice.NONE, true, "high", 8, true));
	}

	@Test
	void sayingNothingIsTheDefaultContext() {
		assertThat(RouteChatOptions.empty().callContext()).isSameAs(CallContext.DEFAULT);
		assertThat(RouteChatOptions.builder().temperature(0.1).build().callContext()).isSameAs(CallContext.DEFAULT);
		assertThat(RouteChatOptions.empty().callContext(new Caller("bob", null)).caller().name()).isEqualTo("bob");
	}

	@Test
	void refusesADeadlineThatIsNotPositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> RouteChatOptions.builder().deadline(Duration.ZERO))
			.withMessage("A deadline must be positive, but was PT0S");
	}

	@Test
	void mutateAndCloneKeepEverything() {
		RouteChatOptions options = everything();
		assertThat(options.mutate().build()).isEqualTo(options).hasSameHashCodeAs(options);
		assertThat(options.mutate().clone().build()).isEqualTo(options);
		assertThat(RouteChatOptions.builder().combineWith(options.mutate()).build()).isEqualTo(options);
		assertThat(options.mutate().temperature(0.0).build()).isNotEqualTo(options);
		assertThat(options.mutate().policy("strict").build()).isNotEqualTo(options);
		assertThat(options.mutate().combineWith(OpenAiChatOptions.builder().seed(9)).build()).isNotEqualTo(options);
	}

	@Test
	void aClonedBuilderGoesItsOwnWay() {
		RouteChatOptions.Builder first = RouteChatOptions.builder().tag("a", "1");
		RouteChatOptions.Builder second = first.clone();
		second.tag("b", "2").combineWith(OpenAiChatOptions.builder().seed(1)).temperature(0.5);
		assertThat(first.build()).isEqualTo(RouteChatOptions.builder().tag("a", "1").build());
	}

	@Test
	void showsNoSecret() {
		assertThat(everything().toString())
			.contains("temperature=0.7", "tools=[weather]", "toolContext=[tenant]",
					"providerOptions=[OpenAiChatOptions]", "tags={team=search}", "policy=fast")
			.doesNotContain("sk-secret", "acme");
	}

	@Test
	void carriesWhatAChatClientIsGiven() {
		StubModel model = new StubModel(RouteChatOptions.empty())
			.answers(new ChatResponse(List.of(new Generation(new AssistantMessage("hello")))));
		ChatClient.builder(model)
			.defaultOptions(ChatOptions.builder().topP(0.5))
			.build()
			.prompt()
			.user("hi")
			.options(RouteChatOptions.builder()
				.tag("team", "search")
				.combineWith(OpenAiChatOptions.builder().seed(7).temperature(0.3)))
			.tools(weather())
			.toolContext(Map.of("tenant", "acme"))
			.call()
			.content();
		assertThat(model.lastPrompt().getOptions()).isInstanceOfSatisfying(RouteChatOptions.class, (options) -> {
			assertThat(options.callContext().tags()).containsEntry("team", "search");
			assertThat(options.getTemperature()).isEqualTo(0.3);
			assertThat(options.getToolCallbacks()).hasSize(1);
			assertThat(options.getToolContext()).containsEntry("tenant", "acme");
			assertThat(options.getProviderOptions()).hasSize(1);
		});
	}

	@Test
	void readsOptionsOfAnyClass() {
		RouteChatOptions own = RouteChatOptions.builder().topK(2).build();
		assertThat(RouteChatOptions.of(own)).isSameAs(own);
		assertThat(RouteChatOptions.of(null)).isSameAs(RouteChatOptions.empty());
		assertThat(RouteChatOptions.of(ToolCallingChatOptions.builder().toolCallbacks(weather()).build())
			.getToolCallbacks()).hasSize(1);
		assertThat(RouteChatOptions.of(OpenAiChatOptions.builder().seed(3).build()).getProviderOptions()).hasSize(1);
	}

	static ToolCallback weather() {
		return FunctionToolCallback.builder("weather", (City city) -> "sunny in " + city.name())
			.description("The weather of a city")
			.inputType(City.class)
			.build();
	}

	private static RouteChatOptions everything() {
		return RouteChatOptions.builder()
			.model("evil")
			.temperature(0.7)
			.maxTokens(10)
			.topP(0.5)
			.topK(4)
			.frequencyPenalty(0.1)
			.presencePenalty(0.2)
			.stopSequences(List.of("END"))
			.toolCallbacks(WEATHER)
			.toolContext(Map.of("tenant", "acme"))
			.outputSchema("{}")
			.toolChoice(ToolChoice.REQUIRED)
			.parallelToolCalls(false)
			.reasoningEffort("high")
			.seed(3)
			.jsonObject(true)
			.caller(new Caller("ann", null))
			.tag("team", "search")
			.cacheControl(CacheControl.NO_CACHE)
			.policy("fast")
			.deadline(Duration.ofSeconds(1))
			.combineWith(OpenAiChatOptions.builder().apiKey("sk-secret").seed(7))
			.build();
	}

	private static final ToolCallback WEATHER = weather();

	record City(String name) {
	}

}
