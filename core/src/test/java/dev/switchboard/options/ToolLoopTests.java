package dev.switchboard.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.switchboard.cost.ModelId;
import dev.switchboard.route.RouteName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

class ToolLoopTests {

	private static final ModelId TARGET = ModelId.parse("anthropic/claude-opus-4.7");

	private static final RouteName ROUTE = new RouteName("best-quality");

	@Test
	void theSignatureArrivesInEveryNextTurnOfACall() {
		SigningModel model = new SigningModel(threeTurns());
		String answer = client(model).prompt().user("hi").call().content();
		assertThat(answer).isEqualTo("sunny");
		assertSigned(model.delegate.prompts());
	}

	@Test
	void theSignatureArrivesInEveryNextTurnOfAStream() {
		SigningModel model = new SigningModel(threeTurns());
		List<String> answer = client(model).prompt().user("hi").stream().content().collectList().block();
		assertThat(String.join("", answer)).isEqualTo("let me sunny");
		assertSigned(model.delegate.prompts());
	}

	@Test
	void aMemoryAroundTheLoopDoesNotDisturbIt() {
		SigningModel model = new SigningModel(threeTurns().answers(chunk("bye", "stop")));
		ChatClient client = ChatClient.builder(model)
			.defaultTools(RouteChatOptionsTests.weather())
			.defaultAdvisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
			.build();
		client.prompt().user("hi").advisors((a) -> a.param("chat_memory_conversation_id", "1")).call().content();
		client.prompt().user("and now?").advisors((a) -> a.param("chat_memory_conversation_id", "1")).call().content();
		assertSigned(model.delegate.prompts().subList(0, 3));
		assertThat(ToolLoop.startedBy(model.delegate.lastPrompt())).as("a new turn").isNull();
	}

	@Test
	void aNewTurnAfterAFinishedLoopGoesOnWithNone() {
		Prompt prompt = new Prompt(List.of(new UserMessage("hi"), asking(Map.of(ToolLoop.TARGET, TARGET.toString())),
				results(), new AssistantMessage("sunny"), new UserMessage("and now?")));
		assertThat(ToolLoop.startedBy(prompt)).isNull();
		assertThat(ToolLoop.chosenRoute(prompt)).isNull();
	}

	@Test
	void resultsInSeveralMessagesBelongToOneTurn() {
		Prompt prompt = new Prompt(List.of(new UserMessage("hi"),
				asking(Map.of(ToolLoop.TARGET, TARGET.toString(), ToolLoop.ROUTE, "auto")), results(), results()));
		assertThat(ToolLoop.startedBy(prompt)).isEqualTo(TARGET);
		assertThat(ToolLoop.chosenRoute(prompt)).isEqualTo(new RouteName("auto"));
	}

	@Test
	void aMissingOrUnreadableSignatureIsNone() {
		assertThat(ToolLoop.startedBy(new Prompt(List.of(new UserMessage("hi"), asking(Map.of()), results()))))
			.isNull();
		Prompt unreadable = new Prompt(List.of(new UserMessage("hi"),
				asking(Map.of(ToolLoop.TARGET, "no target", ToolLoop.ROUTE, "No Route")), results()));
		assertThat(ToolLoop.startedBy(unreadable)).isNull();
		assertThat(ToolLoop.chosenRoute(unreadable)).isNull();
		assertThat(ToolLoop.startedBy(new Prompt(List.of()))).isNull();
		assertThat(ToolLoop.startedBy(new Prompt(List.of(results())))).isNull();
	}

	@Test
	void anAnswerWithNeitherToolCallsNorReasoningIsNotSigned() {
		ChatResponse response = chunk("hello", "stop");
		assertThat(ToolLoop.stamp(response, TARGET, ROUTE)).isSameAs(response);
	}

	private static void assertSigned(List<Prompt> prompts) {
		assertThat(prompts).hasSize(3);
		assertThat(ToolLoop.startedBy(prompts.get(0))).isNull();
		for (Prompt next : prompts.subList(1, 3)) {
			assertThat(ToolLoop.startedBy(next)).isEqualTo(TARGET);
			assertThat(ToolLoop.chosenRoute(next)).isEqualTo(ROUTE);
		}
		ToolResponseMessage results = (ToolResponseMessage) prompts.get(1).getInstructions().get(2);
		assertThat(results.getResponses()).extracting(ToolResponseMessage.ToolResponse::id)
			.containsExactly("call_a", "call_b");
	}

	private static ChatClient client(ChatModel model) {
		return ChatClient.builder(model).defaultTools(RouteChatOptionsTests.weather()).build();
	}

	/** Two calls at once, then one, then the answer. */
	private static StubModel threeTurns() {
		return new StubModel(RouteChatOptions.empty())
			.answers(chunk("let me ", null), asking("tool_use", call("call_a", "Rome"), call("call_b", "Oslo")))
			.answers(asking("tool_use", call("call_c", "Bonn")))
			.answers(chunk("sunny", "stop"));
	}

	private static ToolCall call(String id, String city) {
		return new ToolCall(id, "function", "weather", "{\"name\":\"" + city + "\"}");
	}

	static ChatResponse chunk(String text, String finishReason) {
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text),
				ChatGenerationMetadata.builder().finishReason(finishReason).build())));
	}

	private static ChatResponse asking(String finishReason, ToolCall... calls) {
		return new ChatResponse(
				List.of(new Generation(AssistantMessage.builder().content("").toolCalls(List.of(calls)).build(),
						ChatGenerationMetadata.builder().finishReason(finishReason).build())));
	}

	private static AssistantMessage asking(Map<String, Object> metadata) {
		return AssistantMessage.builder()
			.content("")
			.properties(metadata)
			.toolCalls(List.of(call("call_a", "Rome")))
			.build();
	}

	private static ToolResponseMessage results() {
		return ToolResponseMessage.builder()
			.responses(new ArrayList<>(List.of(new ToolResponseMessage.ToolResponse("call_a", "weather", "sunny"))))
			.build();
	}

	/** Signs as a route does. */
	private static final class SigningModel implements ChatModel {

		private final StubModel delegate;

		SigningModel(StubModel delegate) {
			this.delegate = delegate;
		}

		@Override
		public ChatOptions getOptions() {
			return RouteChatOptions.empty();
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			return ToolLoop.stamp(Answers.normalise(this.delegate.call(prompt)), TARGET, ROUTE);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			ChunkNormaliser normaliser = Answers.chunkNormaliser();
			return this.delegate.stream(prompt)
				.map(normaliser::normalise)
				.map((chunk) -> ToolLoop.stamp(chunk, TARGET, ROUTE));
		}

	}

}
