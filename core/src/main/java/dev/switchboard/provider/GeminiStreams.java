package dev.switchboard.provider;

import dev.switchboard.options.GeminiFields;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * Gemini's model with the fields that its class has no options for, see
 * {@link GeminiFields}, and without the chunks that the transport puts between those that
 * the provider sent, see {@link GeminiAnswer#FILLER}.
 */
final class GeminiStreams implements ChatModel {

	private final ChatModel model;

	GeminiStreams(ChatModel model) {
		this.model = model;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return GeminiFields.during(prompt.getOptions(), () -> this.model.call(prompt));
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		Flux<ChatResponse> answer = this.model.stream(prompt).filter((chunk) -> !isFiller(chunk));
		// The request is sent on the thread that subscribes.
		return Flux.from((subscriber) -> GeminiFields.during(prompt.getOptions(), () -> {
			answer.subscribe(subscriber);
			return answer;
		}));
	}

	private static boolean isFiller(ChatResponse chunk) {
		return chunk.getResults().isEmpty() && chunk.getMetadata().getUsage().getTotalTokens() == 0
				&& "".equals(chunk.getMetadata().getModel());
	}

	@Override
	public ChatOptions getOptions() {
		return this.model.getOptions();
	}

	@Override
	public String toString() {
		return this.model.getClass().getSimpleName();
	}

}
