package dev.switchboard.provider;

import java.util.List;

import com.anthropic.models.messages.MessageDeltaUsage;
import dev.switchboard.route.Wire;
import dev.switchboard.simulator.chat.Answer;
import dev.switchboard.simulator.chat.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our streams on the Anthropic wire against Spring AI's own.
 */
class AnthropicStreamsTests {

	private static Providers providers;

	private static ChatModel springs;

	@BeforeAll
	static void start() {
		providers = new Providers();
		springs = AnthropicChatModel.builder()
			.options(AnthropicChatOptions.builder()
				.baseUrl(providers.url(Wire.ANTHROPIC))
				.apiKey(Providers.KEY)
				.model("model-1")
				// Ours, where nobody says it and the catalog does not know the model.
				.maxTokens(8192)
				.build())
			.build();
	}

	@AfterAll
	static void stop() {
		providers.close();
	}

	@AfterEach
	void reset() {
		providers.reset();
	}

	@Test
	void textIsTheSame() {
		assertSame(Answer.text("The quick brown fox jumps over the dog"));
	}

	@Test
	void thoughtsAndTheirSignatureAreTheSame() {
		assertSame(Answer.text("Four").withReasoning("Two and two, let me see"));
	}

	@Test
	void toolCallsAreTheSame() {
		assertSame(Answer.text("Let me look")
			.withToolCalls(new ToolCall("toolu_1", "weather", "{\"city\":\"Oslo\"}"),
					new ToolCall("toolu_2", "weather", "{}")));
	}

	@Test
	void anEmptyAnswerIsTheSame() {
		assertSame(Answer.text(""));
	}

	private static void assertSame(Answer answer) {
		providers.of(Wire.ANTHROPIC).answers(answer);
		List<ChatResponse> expected = springs.stream(new Prompt("hi")).collectList().block();
		List<ChatResponse> actual = providers.client(Wire.ANTHROPIC)
			.model()
			.stream(new Prompt("hi"))
			.collectList()
			.block();
		assertThat(describe(actual)).isEqualTo(describe(expected)).isNotEmpty();
		assertThat(providers.of(Wire.ANTHROPIC).requests()).hasSize(2);
		assertThat(providers.of(Wire.ANTHROPIC).requests().get(1).json())
			.isEqualTo(providers.of(Wire.ANTHROPIC).requests().get(0).json());
	}

	private static List<String> describe(List<ChatResponse> chunks) {
		return chunks.stream().map((chunk) -> {
			AssistantMessage message = chunk.getResult().getOutput();
			Object counted = chunk.getMetadata().getUsage().getNativeUsage();
			return message.getText() + message.getMetadata() + message.getToolCalls()
					+ chunk.getResult().getMetadata().getFinishReason() + chunk.getMetadata().getModel()
					+ chunk.getMetadata().getUsage().getPromptTokens() + "+"
					+ chunk.getMetadata().getUsage().getCompletionTokens()
					+ ((counted instanceof MessageDeltaUsage usage) ? usage.outputTokens() : "")
					+ chunk.getResults().size();
		}).toList();
	}

}
