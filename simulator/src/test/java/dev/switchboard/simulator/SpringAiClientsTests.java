package dev.switchboard.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.FinishReason;
import dev.switchboard.simulator.chat.SimulatedWire;
import dev.switchboard.simulator.chat.ToolCall;
import dev.switchboard.simulator.chat.Usage;
import dev.switchboard.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Every vendor's own client, as Spring AI uses it, takes what is simulated for the real
 * thing.
 */
class SpringAiClientsTests {

	private static Simulator simulator;

	private final SimulatedProvider provider = simulator.provider("acme");

	@BeforeAll
	static void start() {
		simulator = Simulator.start();
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@BeforeEach
	void reset() {
		simulator.reset();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void aCallIsAnswered(SimulatedWire wire) {
		this.provider.answers(Answer.text("Hello there").withUsage(new Usage(100, 20, 40, 0)));
		ChatResponse response = SpringAiModels.model(this.provider, wire).call(new Prompt("hi"));
		assertThat(text(response)).isEqualTo("Hello there");
		assertThat(response.getMetadata().getModel()).isEqualTo(SpringAiModels.MODEL);
		assertThat(response.getMetadata().getUsage().getPromptTokens()).isIn(100, 60);
		assertThat(response.getMetadata().getUsage().getCompletionTokens()).isEqualTo(20);
		assertThat(finish(response)).isIn("STOP", "end_turn");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void aStreamIsRead(SimulatedWire wire) {
		this.provider.answers(Answer.text("Hello there, this is a stream").withUsage(Usage.of(100, 20)));
		List<ChatResponse> chunks = stream(SpringAiModels.model(this.provider, wire), new Prompt("hi"));
		assertThat(chunks).extracting(SpringAiClientsTests::text)
			.filteredOn(Objects::nonNull)
			.satisfies((texts) -> assertThat(String.join("", texts)).isEqualTo("Hello there, this is a stream"));
		assertThat(chunks).hasSizeGreaterThan(7)
			.anySatisfy((chunk) -> assertThat(finish(chunk)).isIn("STOP", "end_turn"));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void parallelToolsAreCalledAndTheirResultsMentioned(SimulatedWire wire) {
		AtomicInteger runs = new AtomicInteger();
		String content = ChatClient.create(SpringAiModels.model(this.provider, wire))
			.prompt("Please call weather {\"city\":\"Paris\"} and call population {\"city\":\"Rome\"}")
			.tools(tool("weather", runs), tool("population", runs))
			.call()
			.content();
		assertThat(runs).hasValue(2);
		assertThat(content).contains("weather of Paris").contains("population of Rome");
		assertThat(this.provider.requests()).hasSize(2).allMatch(RecordedRequest::completed);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void toolsAreCalledFromAStream(SimulatedWire wire) {
		AtomicInteger runs = new AtomicInteger();
		this.provider.answers(Answer.toolCalls(ToolCall.of("weather", "{\"city\":\"Oslo\"}")),
				Answer.text("It rains, as the tool says"));
		List<String> content = ChatClient.create(SpringAiModels.model(this.provider, wire))
			.prompt("What is the weather?")
			.tools(tool("weather", runs))
			.stream()
			.content()
			.collectList()
			.block();
		assertThat(runs).hasValue(1);
		assertThat(content).isNotNull();
		assertThat(String.join("", content)).isEqualTo("It rains, as the tool says");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void aDescribedSchemaIsMet(SimulatedWire wire) {
		City city = ChatClient.create(SpringAiModels.model(this.provider, wire))
			.prompt("Name a city")
			.call()
			.entity(City.class);
		assertThat(city).isEqualTo(new City("text", 1, List.of("text")));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void aWithheldAnswerIsKnownAsSuch(SimulatedWire wire) {
		this.provider.fails(Fault.contentFiltered());
		ChatModel model = SpringAiModels.model(this.provider, wire);
		assertThat(finish(model.call(new Prompt("hi")))).isIn("CONTENT_FILTER", "refusal", "SAFETY");
		assertThat(stream(model, new Prompt("hi")))
			.anySatisfy((chunk) -> assertThat(finish(chunk)).isIn("CONTENT_FILTER", "refusal", "SAFETY"));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void anAnswerCutShortIsKnownAsSuch(SimulatedWire wire) {
		this.provider.answers(Answer.text("Once upon a").finishing(FinishReason.LENGTH));
		assertThat(finish(SpringAiModels.model(this.provider, wire).call(new Prompt("hi")))).isIn("LENGTH",
				"max_tokens", "MAX_TOKENS");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void anErrorIsThrown(SimulatedWire wire) {
		this.provider.fails(Fault.rateLimited());
		ChatModel model = SpringAiModels.model(this.provider, wire);
		assertThatException().isThrownBy(() -> model.call(new Prompt("hi")))
			.satisfies((ex) -> assertThat(root(ex).toString()).contains("429"));
		assertThatException().isThrownBy(() -> stream(model, new Prompt("hi")))
			.satisfies((ex) -> assertThat(root(ex).toString()).contains("429"));
		assertThat(this.provider.requests()).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI_RESPONSES")
	void aBrokenStreamThrowsAfterWhatCame(SimulatedWire wire) {
		this.provider.answers("Hello there, this is a stream").fails(Fault.cutAfterTokens(2));
		StringBuilder seen = new StringBuilder();
		assertThatException().isThrownBy(() -> SpringAiModels.model(this.provider, wire)
			.stream(new Prompt("hi"))
			.doOnNext((chunk) -> seen.append(Objects.requireNonNullElse(text(chunk), "")))
			.blockLast());
		// Google's client keeps back what came just before the break.
		assertThat(seen).hasToString((wire == SimulatedWire.GEMINI) ? "" : "Hello th");
	}

	@ParameterizedTest
	@EnumSource(names = "ANTHROPIC")
	void cancellingAStreamIsSeenAsAnAbortedRequest(SimulatedWire wire) {
		this.provider.answers("Hello there, this is a stream").fails(Fault.drip(Duration.ofMillis(200)));
		SpringAiModels.model(this.provider, wire).stream(new Prompt("hi")).take(1).blockLast();
		assertThat(this.provider.requests().get(0).awaitOutcome(Duration.ofSeconds(30)))
			.isEqualTo(RecordedRequest.Outcome.ABORTED);
	}

	@ParameterizedTest
	@EnumSource(names = "ANTHROPIC")
	void thinkingComesWithItsSignature(SimulatedWire wire) {
		AnthropicChatOptions options = AnthropicChatOptions.builder()
			.model(SpringAiModels.MODEL)
			.maxTokens(3000)
			.thinkingEnabled(2000)
			.build();
		ChatResponse response = SpringAiModels.model(this.provider, wire).call(new Prompt("hi", options));
		assertThat(response.getResults()).hasSize(2);
		assertThat(response.getResults().get(0).getOutput().getText()).isEqualTo("Thinking about: hi");
		assertThat(response.getResults().get(0).getOutput().getMetadata()).containsKey("signature");
		assertThat(response.getResults().get(1).getOutput().getText()).isEqualTo("acme/some-model says: hi");
	}

	private static ToolCallback tool(String name, AtomicInteger runs) {
		return FunctionToolCallback.builder(name, (Place place) -> {
			runs.incrementAndGet();
			return name + " of " + place.city();
		}).description("Tells the " + name).inputType(Place.class).build();
	}

	private static List<ChatResponse> stream(ChatModel model, Prompt prompt) {
		Flux<ChatResponse> stream = model.stream(prompt);
		return Objects.requireNonNull(stream.collectList().block());
	}

	private static Throwable root(Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private static String text(ChatResponse response) {
		return (response.getResult() == null) ? null : response.getResult().getOutput().getText();
	}

	private static String finish(ChatResponse response) {
		return (response.getResult() == null) ? null : response.getResult().getMetadata().getFinishReason();
	}

	record Place(String city) {
	}

	record City(String name, int inhabitants, List<String> rivers) {
	}

}
