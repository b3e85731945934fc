package dev.switchboard.provider;

import java.util.Map;

import dev.switchboard.route.Target;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * Somebody else's model, with a target's model and options in place of its own.
 */
final class HandedInChatModel implements ChatModel {

	private final ChatModel model;

	private final ChatOptions options;

	private HandedInChatModel(ChatModel model, ChatOptions options) {
		this.model = model;
		this.options = options;
	}

	static HandedInChatModel of(ChatModel model, Target target) {
		return new HandedInChatModel(model, options(model, target).build());
	}

	static ChatOptions.Builder<?> options(ChatModel model, Target target) {
		ChatOptions.Builder<?> options = model.getOptions().mutate();
		if (!target.options().isEmpty()) {
			new TargetOptions(options.getClass(), Map.of(), (value, type) -> null).apply(target, options);
		}
		return options.model(target.model().model());
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.model.call(own(prompt));
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return this.model.stream(own(prompt));
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

	private Prompt own(Prompt prompt) {
		return (prompt.getOptions() != null) ? prompt : new Prompt(prompt.getInstructions(), this.options);
	}

	@Override
	public String toString() {
		return this.model.getClass().getSimpleName();
	}

}
