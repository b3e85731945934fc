package dev.switchboard.benchmarks;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * Always gives the same answer, at once: what is measured is everything around it.
 */
final class ConstantChatModel implements ChatModel {

	static final int CHUNKS = 20;

	private final ChatOptions options = ToolCallingChatOptions.builder().model("constant").build();

	private final ChatResponse answer = response("Always the same answer.", "stop", 30);

	private final List<ChatResponse> chunks = chunks();

	private static List<ChatResponse> chunks() {
		List<ChatResponse> chunks = new ArrayList<>();
		for (int i = 1; i < CHUNKS; i++) {
			chunks.add(new ChatResponse(List.of(new Generation(new AssistantMessage("word "))),
					ChatResponseMetadata.builder().id("answer").model("constant").build()));
		}
		chunks.add(response("end.", "stop", 30));
		return List.copyOf(chunks);
	}

	private static ChatResponse response(String text, String finishReason, int tokens) {
		return new ChatResponse(
				List.of(new Generation(new AssistantMessage(text),
						ChatGenerationMetadata.builder().finishReason(finishReason).build())),
				ChatResponseMetadata.builder()
					.id("answer")
					.model("constant")
					.usage(new DefaultUsage(tokens, tokens))
					.build());
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.answer;
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.fromIterable(this.chunks);
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

}
