package dev.switchboard.provider;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Gemini's model with streams that don't hold up their subscriber: Spring AI 2.0 reads
 * them on the subscribing thread, from the request to the last chunk.
 */
final class GeminiStreamingModel implements ChatModel {

	private final ChatModel model;

	private final Scheduler threads;

	GeminiStreamingModel(ChatModel model, Scheduler threads) {
		this.model = model;
		this.threads = threads;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.model.call(prompt);
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> {
			AttemptScope current = AttemptScope.current();
			AttemptScope scope = (current != null) ? current : AttemptScope.detached();
			Flux<ChatResponse> answer = this.model.stream(prompt);
			return Flux.<ChatResponse>from((subscriber) -> scope.run(() -> answer.subscribe(subscriber)))
				.subscribeOn(this.threads)
				.filter((chunk) -> !isFiller(chunk));
		});
	}

	/** What the transport puts between the chunks; see there. */
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
