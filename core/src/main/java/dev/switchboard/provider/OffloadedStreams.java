package dev.switchboard.provider;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * A model whose streams are read by a thread of their own, from the request to the last
 * chunk, where they would else hold up their subscriber.
 */
final class OffloadedStreams implements ChatModel {

	private final ChatModel model;

	private final Scheduler threads;

	OffloadedStreams(ChatModel model, Scheduler threads) {
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
				.subscribeOn(this.threads);
		});
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
