package dev.switchboard.engine;

import java.util.List;

import dev.switchboard.call.CallRecord;
import dev.switchboard.catalog.CatalogLoader;
import dev.switchboard.options.Answers;
import dev.switchboard.options.RouteChatOptions;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.RecordedRequest;
import dev.switchboard.simulator.SimulatedProvider;
import dev.switchboard.simulator.Simulator;
import dev.switchboard.simulator.chat.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.content.Media;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring AI offers works through a route as it does without.
 */
class ChatClientFeaturesTests {

	private final Simulator simulator = Simulator.start();

	private final Routes routes = new Routes(this.simulator);

	@AfterEach
	void close() {
		this.routes.close();
		this.simulator.close();
	}

	@ParameterizedTest
	@EnumSource
	void chatMemoryAndOtherAdvisors(Wire wire) {
		SimulatedProvider provider = this.routes.provider("any", wire).answers("Hello Ada", "You are Ada");
		ChatMemory memory = MessageWindowChatMemory.builder().build();
		ChatClient client = ChatClient.builder(model())
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build(), new SimpleLoggerAdvisor())
			.build();

		client.prompt("I am Ada")
			.advisors((advisor) -> advisor.param(ChatMemory.CONVERSATION_ID, "one"))
			.call()
			.content();
		String answer = client.prompt("Who am I?")
			.advisors((advisor) -> advisor.param(ChatMemory.CONVERSATION_ID, "one"))
			.call()
			.content();

		assertThat(answer).isEqualTo("You are Ada");
		assertThat(last(provider).body()).containsSubsequence("I am Ada", "Hello Ada", "Who am I?");
	}

	@ParameterizedTest
	@EnumSource
	void systemTextWithParameters(Wire wire) {
		SimulatedProvider provider = this.routes.provider("any", wire).answers("Aye");

		client().prompt()
			.system((system) -> system.text("Talk like a {who}.").param("who", "pirate"))
			.user("Hi")
			.call()
			.content();

		assertThat(last(provider).body()).contains("Talk like a pirate.");
	}

	@ParameterizedTest
	@EnumSource
	void anEntityByInstructions(Wire wire) {
		SimulatedProvider provider = this.routes.provider("any", wire)
			.answers("{\"city\":\"Oslo\",\"inhabitants\":700000}");

		City city = client().prompt("Tell me of a city").call().entity(City.class);

		assertThat(city).isEqualTo(new City("Oslo", 700_000));
		assertThat(last(provider).body()).contains("inhabitants");
	}

	@ParameterizedTest
	@EnumSource
	void anEntityByTheProvidersOwnStructuredOutput(Wire wire) {
		SimulatedProvider provider = this.routes.provider("any", wire)
			.answers("{\"city\":\"Oslo\",\"inhabitants\":700000}");

		City city = client().prompt("Tell me of a city")
			.call()
			.entity(City.class, (entity) -> entity.useProviderStructuredOutput());

		assertThat(city).isEqualTo(new City("Oslo", 700_000));
		assertThat(last(provider).body()).containsAnyOf("json_schema", "output_config", "responseSchema",
				"responseJsonSchema");
	}

	@Test
	void anAnswerThatBreaksItsSchemaIsAskedForAgainAndThenAnotherTargetAnswers() {
		SimulatedProvider first = this.routes.provider("any", Wire.OPENAI).answers("{\"city\":\"Oslo\"}");
		this.routes.provider("other", Wire.OPENAI).answers("{\"city\":\"Rome\",\"inhabitants\":2800000}");

		City city = ChatClient
			.create(this.routes.route("route", Policies.standard(), "any/a", "other/b").model("route"))
			.prompt("Tell me of a city")
			.call()
			.entity(City.class, (entity) -> entity.useProviderStructuredOutput());

		assertThat(city.city()).isEqualTo("Rome");
		assertThat(first.requestCount()).isEqualTo(2);
		assertThat(this.routes.onlyRecord().attempts()).extracting((attempt) -> attempt.outcome().label())
			.containsExactly("unusable-answer", "unusable-answer", "answered");
	}

	@ParameterizedTest
	@EnumSource
	void picturesReachTheProviderByteForByte(Wire wire) {
		SimulatedProvider provider = this.routes.provider("any", wire).answers("A cat");
		Media picture = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3, 4, 5, 6 }));

		String answer = client().prompt().user((user) -> user.text("What is it?").media(picture)).call().content();

		assertThat(answer).isEqualTo("A cat");
		assertThat(last(provider).body()).contains("AQIDBAUG").contains("image/png");
	}

	@Test
	void aProvidersOwnOptionsReachThatProviderAlone() {
		SimulatedProvider openai = this.routes.provider("any", Wire.OPENAI).answers("one");
		SimulatedProvider anthropic = this.routes.provider("claude", Wire.ANTHROPIC).answers("two");
		this.routes.route("openai", Policies.standard(), "any/a").route("anthropic", Policies.standard(), "claude/b");

		for (String route : List.of("openai", "anthropic")) {
			this.routes.client(route)
				.prompt("Hi")
				.options(OpenAiChatOptions.builder().reasoningEffort("low").temperature(0.5))
				.call()
				.content();
		}

		assertThat(last(openai).json().path("reasoning_effort").asString()).isEqualTo("low");
		assertThat(last(openai).json().path("model").asString()).isEqualTo("a");
		assertThat(last(anthropic).body()).doesNotContain("reasoning").contains("\"temperature\":0.5");
		assertThat(last(anthropic).json().path("model").asString()).isEqualTo("b");
	}

	@Test
	void whoeverAnswersIsAskedForWhatTheCatalogKnowsItCan() {
		SimulatedProvider openai = this.routes.catalog(CatalogLoader.load())
			.provider("any", Wire.OPENAI)
			.answers("one", "two");
		SimulatedProvider google = this.routes.provider("gemini", Wire.GEMINI).answers("three", "four");
		this.routes.route("openai", Policies.standard(), "any/gpt-4o")
			.route("gemini", Policies.standard(), "gemini/gemini-3.8-flash");

		for (String route : List.of("openai", "gemini")) {
			ChatClient.ChatClientRequestSpec request = this.routes.client(route)
				.prompt("Hi")
				.options(RouteChatOptions.builder().reasoningEffort("high").seed(7));
			request.call().content();
			request.stream().content().blockLast();
		}

		assertThat(openai.requests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.json().has("reasoning_effort")).isFalse();
			assertThat(request.json().path("seed").asInt()).isEqualTo(7);
		});
		assertThat(google.requests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.json().at("/generationConfig/thinkingConfig/thinkingLevel").asString())
				.isEqualTo("HIGH");
			assertThat(request.json().at("/generationConfig/seed").asInt()).isEqualTo(7);
		});
	}

	@ParameterizedTest
	@EnumSource
	void whatTheModelThoughtIsMetadataAndNotPartOfTheAnswer(Wire wire) {
		this.routes.provider("any", wire).answers(Answer.text("42").withReasoning("Let me see"));

		ChatResponse response = ChatClient.create(model())
			.prompt("What is it?")
			.options(AnthropicChatOptions.builder().maxTokens(4000).thinkingEnabled(2000))
			.call()
			.chatResponse();
		String streamed = String.join("",
				ChatClient.create(this.routes.model("route"))
					.prompt("What is it?")
					.options(AnthropicChatOptions.builder().maxTokens(4000).thinkingEnabled(2000))
					.stream()
					.content()
					.collectList()
					.block());

		assertThat(response.getResult().getOutput().getText()).isEqualTo("42");
		assertThat(streamed).isEqualTo("42");
		if (wire != Wire.GEMINI) {
			// Gemini tells its thoughts only on a request that asks for them in its own
			// options.
			assertThat(response.getResult().getOutput().getMetadata().get(Answers.REASONING)).isEqualTo("Let me see");
		}
	}

	@ParameterizedTest
	@EnumSource
	void usageIsThereOnEveryWireForCallsAndStreams(Wire wire) {
		this.routes.provider("any", wire).answers("Some answer of a few words");
		ChatClient client = client();

		CallRecord called = CallRecord.of(client.prompt("Hi").call().chatResponse());
		CallRecord streamed = CallRecord.of(client.prompt("Hi").stream().chatResponse().blockLast());

		assertThat(called.usage()).isEqualTo(streamed.usage());
		assertThat(called.usage().inputTokens()).isPositive();
		assertThat(called.usage().outputTokens()).isPositive();
		assertThat(streamed.responseModel()).isEqualTo(called.responseModel()).isEqualTo("a");
	}

	private ChatClient client() {
		return ChatClient.create(model());
	}

	private RouteChatModel model() {
		return this.routes.route("route", Policies.standard(), "any/a").model("route");
	}

	private static RecordedRequest last(SimulatedProvider provider) {
		List<RecordedRequest> requests = provider.requests();
		return requests.get(requests.size() - 1);
	}

	record City(String city, int inhabitants) {
	}

}
