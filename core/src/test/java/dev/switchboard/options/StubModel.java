package dev.switchboard.options;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/** A model that answers by script and remembers what it was asked. */
final class StubModel implements ChatModel {

	private final ChatOptions options;

	private final Deque<Function<Prompt, List<ChatResponse>>> script = new ArrayDeque<>();

	private final List<Prompt> prompts = new ArrayList<>();

	StubModel(ChatOptions options) {
		this.options = options;
	}

	/** The chunks of the next answer; a call returns the last one. */
	StubModel answers(ChatResponse... chunks) {
		this.script.add((prompt) -> List.of(chunks));
		return this;
	}

	List<Prompt> prompts() {
		return this.prompts;
	}

	Prompt lastPrompt() {
		return this.prompts.get(this.prompts.size() - 1);
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		List<ChatResponse> chunks = next(prompt);
		return chunks.get(chunks.size() - 1);
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> Flux.fromIterable(next(prompt)));
	}

	private List<ChatResponse> next(Prompt prompt) {
		this.prompts.add(prompt);
		return this.script.remove().apply(prompt);
	}

}
