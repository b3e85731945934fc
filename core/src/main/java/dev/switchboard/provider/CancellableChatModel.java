package dev.switchboard.provider;

import java.util.function.Consumer;

import dev.switchboard.options.ThinkingReplay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * A model whose streams abort the provider's request when they are cancelled: Spring AI
 * 2.0.0 stops listening, but lets the provider go on.
 */
final class CancellableChatModel implements ChatModel, ThinkingReplay.Capable {

	private static final Logger log = LoggerFactory.getLogger(CancellableChatModel.class);

	/**
	 * Breaking off a request makes its reader fail when nobody listens any more. Reactor
	 * would log that as an error of the application, unless the subscriber's context
	 * holds another consumer under this key.
	 */
	private static final Context LATE_ERRORS_ARE_EXPECTED = Context.of("reactor.onErrorDropped.local",
			(Consumer<Throwable>) CancellableChatModel::droppedLate);

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
				.contextWrite(LATE_ERRORS_ARE_EXPECTED)
				.doOnCancel(scope::cancel)
				.doOnTerminate(scope::end);
		});
	}

	private static void droppedLate(Throwable error) {
		log.debug("A stream that nobody reads any more failed error={}", error.getClass().getName());
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
