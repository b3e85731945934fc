package dev.switchboard.provider;

import dev.switchboard.options.ThinkingReplay;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * A model whose streams abort the provider's request when they are cancelled: Spring AI
 * 2.0.0 stops listening, but lets the provider go on.
 */
final class CancellableChatModel implements ChatModel, ThinkingReplay.Capable {

	private final ChatModel model;

	CancellableChatModel(ChatModel model) {
		this.model = model;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.model.call(prompt);
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> {
			AttemptScope scope = AttemptScope.detached();
			Flux<ChatResponse> answer = this.model.stream(prompt);
			return Flux.<ChatResponse>from((subscriber) -> scope.run(() -> answer.subscribe(subscriber)))
				.doOnCancel(scope::cancel)
				.doOnTerminate(scope::end);
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
